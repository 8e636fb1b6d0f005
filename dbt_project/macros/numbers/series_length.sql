{#- Rows of int_numbers: enough for every small table, and in blocks of so many for larger ones (macro numbered_rows). -#}
{% macro series_length() -%}
  10000
{%- endmacro %}
