{% macro exclusive_or(one, other) -%}
  {{ adapter.dispatch('exclusive_or')(one, other) }}
{%- endmacro %}

{% macro default__exclusive_or(one, other) -%}
  xor({{ one }}, {{ other }})
{%- endmacro %}

{% macro spark__exclusive_or(one, other) -%}
  (({{ one }}) ^ ({{ other }}))
{%- endmacro %}
