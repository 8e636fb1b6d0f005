{% macro one_portion() -%}
  {{ wide_integer(2 ** (portion_bits() | int)) }}
{%- endmacro %}
