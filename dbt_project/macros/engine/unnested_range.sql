{#- One row for each of so many whole numbers, from `first` on, as a column of its own in the select it stands in. -#}
{% macro unnested_range(count, first=0) -%}
  {{ unnested(array_range(count, first)) }}
{%- endmacro %}
