{#- The whole numbers 0 .. count - 1 as a list. -#}
{% macro array_range(count) -%}
  {{ adapter.dispatch('array_range')(count) }}
{%- endmacro %}

{% macro default__array_range(count) -%}
  range(0, {{ count }})
{%- endmacro %}

{% macro spark__array_range(count) -%}
  if(({{ count }}) > 0, sequence(0::bigint, ({{ count }})::bigint - 1), cast(array() as array<bigint>))
{%- endmacro %}
