{#- An aggregate: the different values of a group as a sorted list. -#}
{% macro array_collect_distinct(value) -%}
  {{ adapter.dispatch('array_collect_distinct')(value) }}
{%- endmacro %}

{% macro default__array_collect_distinct(value) -%}
  list_sort(list(distinct {{ value }}))
{%- endmacro %}

{% macro spark__array_collect_distinct(value) -%}
  array_sort(collect_set({{ value }}))
{%- endmacro %}
