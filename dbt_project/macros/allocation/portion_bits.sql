{#- Binary places of a portion, a fixed-point number: a portion of up to 2^29 whole units fits a bigint. -#}
{% macro portion_bits() -%}
  34
{%- endmacro %}
