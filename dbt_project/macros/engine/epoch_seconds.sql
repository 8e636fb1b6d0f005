{#- A moment as whole seconds since 1970, UTC: millions of moments are computed as numbers, since intervals are ten times slower. -#}
{% macro epoch_seconds(moment) -%}
  {{ adapter.dispatch('epoch_seconds')(moment) }}
{%- endmacro %}

{% macro default__epoch_seconds(moment) -%}
  (epoch_us({{ moment }}) // 1000000)
{%- endmacro %}

{% macro spark__epoch_seconds(moment) -%}
  timestampdiff(second, timestamp_ntz '1970-01-01 00:00:00', {{ moment }})
{%- endmacro %}
