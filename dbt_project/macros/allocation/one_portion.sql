{#- One whole unit as a portion. -#}
{% macro one_portion() -%}
  {{ wide_integer(2 ** (portion_bits() | int)) }}
{%- endmacro %}
