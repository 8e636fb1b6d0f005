{% macro format_date(date) -%}
  {{ format_moment(date, '%B %-d') }}
{%- endmacro %}
