{#- A span of two or more days as people say it: days below two weeks, weeks below two months, then months. -#}
{% macro format_day_span(days) -%}
  case
    when {{ days }} < 14 then {{ format_number(days) }} || ' days'
    when {{ days }} < 60 then {{ format_number(int_div(days, 7)) }} || ' weeks'
    else {{ format_number(int_div('(' ~ days ~ ') + 15', 30)) }} || ' months'
  end
{%- endmacro %}
