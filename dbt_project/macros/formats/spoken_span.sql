{#- A span of two or more days as people say it: days below two weeks, weeks below two months, then months. -#}
{% macro spoken_span(days) -%}
  case
    when {{ days }} < 14 then {{ spoken_number(days) }} || ' days'
    when {{ days }} < 60 then {{ spoken_number(whole(days, 7)) }} || ' weeks'
    else {{ spoken_number(whole('(' ~ days ~ ') + 15', 30)) }} || ' months'
  end
{%- endmacro %}
