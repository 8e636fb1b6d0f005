{#- A date as people write it: March 14. -#}
{% macro spoken_date(date) -%}
  strftime({{ date }}, '%B %-d')
{%- endmacro %}
