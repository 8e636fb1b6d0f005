{#- The day of the week of a date: 1 is Monday, 7 is Sunday. -#}
{% macro iso_weekday(day) -%}
  {{ adapter.dispatch('iso_weekday')(day) }}
{%- endmacro %}

{% macro default__iso_weekday(day) -%}
  isodow({{ day }})
{%- endmacro %}

{% macro spark__iso_weekday(day) -%}
  (weekday({{ day }}) + 1)::bigint
{%- endmacro %}
