{#- How far a count is from the rows of a relation: a count for checked_rules. -#}
{% macro rows_off(counted, relation) -%}
  abs({{ counted }} - (select count(*) from {{ relation }}))
{%- endmacro %}
