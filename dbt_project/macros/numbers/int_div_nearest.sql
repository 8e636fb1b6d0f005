{#- Integer division rounded to the nearest, a half up. -#}
{% macro int_div_nearest(numerator, denominator) -%}
  {{ int_div(numerator ~ ' + ' ~ int_div(denominator, 2), denominator) }}
{%- endmacro %}
