{#- Integer division of non-negative integers. -#}
{% macro int_div(numerator, denominator) -%}
  (({{ numerator }}) // ({{ denominator }}))
{%- endmacro %}
