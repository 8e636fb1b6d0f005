{#- The day in California of a UTC moment, by standard time: one metro area, one offset (guide 10.5). -#}
{% macro local_date(moment) -%}
  (({{ moment }}) - interval 8 hour)::date
{%- endmacro %}
