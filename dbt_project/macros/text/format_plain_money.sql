{% macro format_plain_money(cents) -%}
  {{ int_div(cents, 100) }} || '.' || lpad((({{ cents }}) % 100)::string, 2, '0')
{%- endmacro %}
