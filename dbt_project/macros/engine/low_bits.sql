{% macro low_bits(number, bits) -%}
  {{ adapter.dispatch('low_bits')(number, bits) }}
{%- endmacro %}

{% macro default__low_bits(number, bits) -%}
  (({{ number }}) & {{ 2 ** (bits | int) - 1 }})::bigint
{%- endmacro %}

{% macro spark__low_bits(number, bits) -%}
  (({{ number }}) % {{ 2 ** (bits | int) }})::bigint
{%- endmacro %}
