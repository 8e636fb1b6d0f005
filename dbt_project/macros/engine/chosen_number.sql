{#- One of two bigints by a condition. Unlike a case, it lets DuckDB compute a repeated subexpression once, and bits need no look for an overflow. -#}
{% macro chosen_number(condition, one, other) -%}
  {{ adapter.dispatch('chosen_number')(condition, one, other) }}
{%- endmacro %}

{% macro default__chosen_number(condition, one, other) -%}
  xor({{ other }}, (-({{ condition }})::bigint) & xor({{ one }}, {{ other }}))
{%- endmacro %}

{% macro spark__chosen_number(condition, one, other) -%}
  (({{ condition }})::bigint * ({{ one }}) + (1 - ({{ condition }})::bigint) * ({{ other }}))
{%- endmacro %}
