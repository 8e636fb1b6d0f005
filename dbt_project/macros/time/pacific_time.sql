{#- A UTC moment on the clocks of California, by standard time: one offset (requirements: one-metro-area). -#}
{% macro pacific_time(moment) -%}
  ({{ moment }}) - interval 8 hour
{%- endmacro %}
