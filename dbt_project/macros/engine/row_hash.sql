{#- A number of 64 bits for the values of a row, to compare rows of one build: engines and their versions make it in ways of their own, and so it is never stored. -#}
{% macro row_hash(values) -%}
  {{ adapter.dispatch('row_hash')(values) }}
{%- endmacro %}

{% macro default__row_hash(values) -%}
  hash({{ values | join(', ') }})
{%- endmacro %}

{% macro spark__row_hash(values) -%}
  xxhash64({{ values | join(', ') }})
{%- endmacro %}
