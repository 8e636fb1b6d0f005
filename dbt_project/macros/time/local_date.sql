{#- The day in California of a UTC moment, by standard time: one offset (requirements: one-metro-area). -#}
{% macro local_date(moment) -%}
  ({{ pacific_time(moment) }})::date
{%- endmacro %}
