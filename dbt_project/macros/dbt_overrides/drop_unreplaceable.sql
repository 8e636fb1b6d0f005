{#- Drop, in the transaction that makes the relation, what DuckDB cannot replace: another kind, a table with a contract or made by Python. Returns whether it can. -#}
{% macro drop_unreplaceable(target_relation, existing_relation) -%}
  {%- set is_plain = model['language'] == 'sql' and not config.get('contract').enforced -%}
  {%- if existing_relation is not none and not (is_plain and existing_relation.type == target_relation.type) %}
    {% call statement('dropped') %}drop {{ existing_relation.type }} if exists {{ existing_relation }}{% endcall %}
  {%- endif %}
  {{ return(is_plain) }}
{%- endmacro %}
