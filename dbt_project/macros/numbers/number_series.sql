{#- A select of the whole numbers 1 .. count. -#}
{% macro number_series(count) -%}
  select unnest(range(1, {{ count }} + 1))::bigint as number
{%- endmacro %}
