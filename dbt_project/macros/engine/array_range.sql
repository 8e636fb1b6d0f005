{% macro array_range(count, first=0) -%}
  {{ adapter.dispatch('array_range')(count, first) }}
{%- endmacro %}

{% macro default__array_range(count, first) -%}
  range({{ first }}, {{ count if first == 0 else '(' ~ first ~ ') + (' ~ count ~ ')' }})
{%- endmacro %}

{% macro spark__array_range(count, first) -%}
  if(({{ count }}) > 0, sequence(({{ first }})::bigint, ({{ first }})::bigint + ({{ count }}) - 1), cast(array() as array<bigint>))
{%- endmacro %}
