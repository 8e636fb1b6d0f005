{#- The lowest bits of a whole number of 0 or more (macro wide_integer), as a bigint. -#}
{% macro low_bits(number, bits) -%}
  {{ adapter.dispatch('low_bits')(number, bits) }}
{%- endmacro %}

{% macro default__low_bits(number, bits) -%}
  (({{ number }}) & {{ 2 ** (bits | int) - 1 }})::bigint
{%- endmacro %}

{% macro spark__low_bits(number, bits) -%}
  (({{ number }}) % {{ 2 ** (bits | int) }})::bigint
{%- endmacro %}
