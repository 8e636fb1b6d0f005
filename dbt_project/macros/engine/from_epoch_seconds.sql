{% macro from_epoch_seconds(second) -%}
  {{ adapter.dispatch('from_epoch_seconds')(second) }}
{%- endmacro %}

{% macro default__from_epoch_seconds(second) -%}
  make_timestamp(({{ second }}) * 1000000)
{%- endmacro %}

{% macro spark__from_epoch_seconds(second) -%}
  timestampadd(second, {{ second }}, timestamp_ntz '1970-01-01 00:00:00')
{%- endmacro %}
