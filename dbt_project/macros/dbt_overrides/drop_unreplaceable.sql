{#- Drop, in the transaction that makes the relation, what DuckDB cannot replace: another kind, or a table with a contract. Returns whether it can. -#}
{% macro drop_unreplaceable(target_relation, existing_relation) -%}
  {%- set is_plain = not config.get('contract').enforced -%}
  {%- if existing_relation is not none and not (is_plain and existing_relation.type == target_relation.type) %}
    {% call statement('dropped') %}drop {{ existing_relation.type }} if exists {{ existing_relation }}{% endcall %}
  {%- endif %}
  {{ return(is_plain) }}
{%- endmacro %}
