{#- Rows of int_numbers__million: several row groups, so that it is read by every thread. -#}
{% macro long_series_length() -%}
  1000000
{%- endmacro %}
