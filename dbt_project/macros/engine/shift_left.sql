{#- A bigint shifted left by so many bits: less than half of the time of a product on an engine that looks for an overflow. -#}
{% macro shift_left(number, bits) -%}
  {{ adapter.dispatch('shift_left')(number, bits) }}
{%- endmacro %}

{% macro default__shift_left(number, bits) -%}
  (({{ number }}) << ({{ bits }}))
{%- endmacro %}

{% macro spark__shift_left(number, bits) -%}
  shiftleft({{ number }}, ({{ bits }})::int)
{%- endmacro %}
