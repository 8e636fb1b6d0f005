{#- Midnight of the first day of a month given by month_number. -#}
{% macro month_start(number) -%}
  make_date({{ int_div(number, 12) }}, ({{ number }}) % 12 + 1, 1)::timestamp
{%- endmacro %}
