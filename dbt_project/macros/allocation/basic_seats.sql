{#- The part of an event's seats that basic users may take, so that premium users find some everywhere. -#}
{% macro basic_seats(seats) -%}
  greatest(1, {{ int_div(seats ~ ' * ' ~ var('basic_seats_percent'), 100) }})
{%- endmacro %}
