{#-
  dbt's seed materialization reads the CSV file once with agate and once with DuckDB, each in its own way. This one loads what extract reads, by the names
  of the columns, with the types of _seeds.yml.
-#}
{% materialization seed, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set types = config.get('column_types') or {} -%}
  {%- if not types -%}
    {% do exceptions.raise_compiler_error('the seed ' ~ model['name'] ~ ' has no column_types: describe it in dbt_project/seeds/_seeds.yml') %}
  {%- endif -%}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {%- set existing_relation = load_cached_relation(this) -%}
  {%- if existing_relation is not none and not existing_relation.is_table %}
    {% call statement('dropped') %}drop {{ existing_relation.type }} if exists {{ existing_relation }}{% endcall %}
  {%- endif %}
  {% call statement('main') -%}
    create or replace table {{ target_relation }} as
    select
      {%- for name, type in types.items() %}
      "{{ name }}"::{{ type }} as "{{ name }}"{{ ',' if not loop.last }}
      {%- endfor %}
    from {{ seed_rows(model['name'], types) }}
  {%- endcall %}
  {#- dbt asks every seed for one -#}
  {% do store_result('agate_table', response='OK') %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
