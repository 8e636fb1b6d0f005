{% macro unnested_dates(first, last) -%}
  {{ adapter.dispatch('unnested_dates')(first, last) }}
{%- endmacro %}

{% macro default__unnested_dates(first, last) -%}
  unnest(range({{ first }}, {{ last }} + interval 1 day, interval 1 day))::date
{%- endmacro %}

{% macro spark__unnested_dates(first, last) -%}
  explode(sequence({{ first }}, {{ last }}, interval 1 day))
{%- endmacro %}
