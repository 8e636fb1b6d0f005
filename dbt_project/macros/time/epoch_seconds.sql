{#- A moment as whole seconds since 1970, UTC: millions of moments are computed as numbers, since intervals are ten times slower. -#}
{% macro epoch_seconds(moment) -%}
  {{ int_div('epoch_us(' ~ moment ~ ')', 1000000) }}
{%- endmacro %}
