{#- Integer division of non-negative integers. -#}
{% macro whole(numerator, denominator) -%}
  (({{ numerator }}) // ({{ denominator }}))
{%- endmacro %}
