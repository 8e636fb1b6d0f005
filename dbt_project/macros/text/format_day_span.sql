{% macro format_day_span(days) -%}
  {%- set week, month = 7, 30 -%}
  case
    when {{ days }} < {{ 2 * week }} then {{ format_number(days) }} || ' days'
    when {{ days }} < {{ 2 * month }} then {{ format_number(int_div(days, week)) }} || ' weeks'
    else {{ format_number(int_div_nearest('(' ~ days ~ ')', month)) }} || ' months'
  end
{%- endmacro %}
