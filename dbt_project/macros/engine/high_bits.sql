{% macro high_bits(number, bits) -%}
  {{ adapter.dispatch('high_bits')(number, bits) }}
{%- endmacro %}

{% macro default__high_bits(number, bits) -%}
  (({{ number }}) >> {{ bits | int }})::bigint
{%- endmacro %}

{% macro spark__high_bits(number, bits) -%}
  {{ int_div(number, 2 ** (bits | int)) }}::bigint
{%- endmacro %}
