{% macro month_number(moment) -%}
  (year({{ moment }}) * 12 + month({{ moment }}) - 1)::bigint
{%- endmacro %}
