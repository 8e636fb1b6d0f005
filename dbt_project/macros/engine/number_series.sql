{#- A select of the whole numbers 1 .. count. -#}
{% macro number_series(count) -%}
  {{ adapter.dispatch('number_series')(count) }}
{%- endmacro %}

{% macro default__number_series(count) -%}
  select unnest(range(1, {{ count }} + 1))::bigint as number
{%- endmacro %}

{% macro spark__number_series(count) -%}
  select explode(sequence(1::bigint, ({{ count }})::bigint)) as number
{%- endmacro %}
