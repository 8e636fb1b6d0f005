{#- Integer division rounded up. -#}
{% macro int_div_up(numerator, denominator) -%}
  {{ int_div(numerator ~ ' + ' ~ denominator ~ ' - 1', denominator) }}
{%- endmacro %}
