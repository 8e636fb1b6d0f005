{% macro format_money(cents) -%}
  '$' || {{ format_plain_money(cents) }}
{%- endmacro %}
