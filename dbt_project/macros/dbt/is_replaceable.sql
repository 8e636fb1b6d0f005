{#- Whether DuckDB can replace what stands there: nothing, or the same kind without a contract, made by SQL. Anything else is dropped in the same transaction. -#}
{% macro is_replaceable(target_relation, existing_relation) -%}
  {%- set is_plain = model['language'] == 'sql' and not config.get('contract').enforced -%}
  {%- if existing_relation is not none and not (is_plain and existing_relation.type == target_relation.type) %}
    {% call statement('dropped') %}drop {{ existing_relation.type }} if exists {{ existing_relation }}{% endcall %}
  {%- endif %}
  {{ return(is_plain) }}
{%- endmacro %}
