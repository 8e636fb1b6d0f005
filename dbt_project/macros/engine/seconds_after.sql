{% macro seconds_after(moment, seconds) -%}
  {{ adapter.dispatch('seconds_after')(moment, seconds) }}
{%- endmacro %}

{% macro default__seconds_after(moment, seconds) -%}
  (({{ moment }}) + to_seconds(({{ seconds }})::bigint))
{%- endmacro %}

{% macro spark__seconds_after(moment, seconds) -%}
  timestampadd(second, {{ nearest_integer(seconds) }}, ({{ moment }})::timestamp_ntz)
{%- endmacro %}
