{#- Rows that repeat a key: a count for checked_rules. -#}
{% macro repeats(key) -%}
  count(*) - count(distinct {{ key }})
{%- endmacro %}
