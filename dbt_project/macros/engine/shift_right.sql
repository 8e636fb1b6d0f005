{#- A bigint shifted right by so many bits, rounded down; >> is no word to Spark behind an array. -#}
{% macro shift_right(number, bits) -%}
  {{ adapter.dispatch('shift_right')(number, bits) }}
{%- endmacro %}

{% macro default__shift_right(number, bits) -%}
  (({{ number }}) >> ({{ bits }}))
{%- endmacro %}

{% macro spark__shift_right(number, bits) -%}
  shiftright({{ number }}, ({{ bits }})::int)
{%- endmacro %}
