{% macro wide_integer(number) -%}
  {{ adapter.dispatch('wide_integer')(number) }}
{%- endmacro %}

{% macro default__wide_integer(number) -%}
  ({{ number }})::hugeint
{%- endmacro %}

{% macro spark__wide_integer(number) -%}
  ({{ number }})::decimal(38, 0)
{%- endmacro %}
