{#- One row for each whole number 0 .. count - 1, as a column of the select it stands in. -#}
{% macro unnested_range(count) -%}
  {{ unnested(array_range(count)) }}
{%- endmacro %}
