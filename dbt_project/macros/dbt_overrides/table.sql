{#- dbt's table materialization makes a table beside the old one and renames both. DuckDB replaces a table in one transaction, in a third of the statements. -#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {%- set is_plain = drop_unreplaceable(target_relation, load_cached_relation(this)) -%}
  {#- a statement opens the transaction that is committed below; Python alone opens none, of which the adapter would warn -#}
  {% if model['language'] == 'python' %}{% call statement('begin') %}select 1{% endcall %}{% endif %}
  {% call statement('main', language=model['language']) -%}
    {{ create_or_replace(target_relation, is_plain) }}
  {%- endcall %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
