{#- A date as people write it: March 14. -#}
{% macro format_date(date) -%}
  {{ format_moment(date, '%B %-d') }}
{%- endmacro %}
