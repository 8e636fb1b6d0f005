{% macro iso_weekday(day) -%}
  {{ adapter.dispatch('iso_weekday')(day) }}
{%- endmacro %}

{% macro default__iso_weekday(day) -%}
  isodow({{ day }})
{%- endmacro %}

{% macro spark__iso_weekday(day) -%}
  (weekday({{ day }}) + 1)::bigint
{%- endmacro %}
