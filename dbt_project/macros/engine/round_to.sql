{#- A double rounded to some decimal places, a half away from zero. Spark's round looks at the digits as written, where 1.005 is a half though the double is less. -#}
{% macro round_to(number, places) -%}
  {{ adapter.dispatch('round_to')(number, places) }}
{%- endmacro %}

{% macro default__round_to(number, places) -%}
  round({{ number }}, {{ places }})
{%- endmacro %}

{% macro spark__round_to(number, places) -%}
  (round(({{ number }}) * {{ 10 ** places }}::double) / {{ 10 ** places }}::double)
{%- endmacro %}
