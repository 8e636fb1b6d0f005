{#- How far a count is from the rows of a relation: a count for checked_rules. -#}
{% macro row_count_gap(counted, relation) -%}
  abs({{ counted }} - (select count(*) from {{ relation }}))
{%- endmacro %}
