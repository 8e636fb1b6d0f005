{% macro int_div(numerator, denominator) -%}
  {{ adapter.dispatch('int_div')(numerator, denominator) }}
{%- endmacro %}

{% macro default__int_div(numerator, denominator) -%}
  (({{ numerator }}) // ({{ denominator }}))
{%- endmacro %}

{% macro spark__int_div(numerator, denominator) -%}
  (({{ numerator }}) div ({{ denominator }}))
{%- endmacro %}
