{% macro start_of(unit, moment) -%}
  {{ adapter.dispatch('start_of')(unit, moment) }}
{%- endmacro %}

{% macro default__start_of(unit, moment) -%}
  date_trunc('{{ unit }}', {{ moment }})::timestamp
{%- endmacro %}

{% macro spark__start_of(unit, moment) -%}
  date_trunc('{{ unit }}', {{ moment }})::timestamp_ntz
{%- endmacro %}
