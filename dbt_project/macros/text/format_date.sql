{#- A date as people write it: March 14. -#}
{% macro format_date(date) -%}
  strftime({{ date }}, '%B %-d')
{%- endmacro %}
