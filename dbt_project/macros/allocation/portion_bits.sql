{#- Binary places of a portion, a fixed-point number: 2^29 whole units still fit a bigint. -#}
{% macro portion_bits() -%}
  34
{%- endmacro %}
