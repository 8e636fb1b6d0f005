{#- A double or a decimal as the nearest whole number; of doubles, a half goes to the even one. A bare cast to bigint cuts off in Spark. -#}
{% macro nearest_integer(number) -%}
  {{ adapter.dispatch('nearest_integer')(number) }}
{%- endmacro %}

{% macro default__nearest_integer(number) -%}
  ({{ number }})::bigint
{%- endmacro %}

{% macro spark__nearest_integer(number) -%}
  rint({{ number }})::bigint
{%- endmacro %}
