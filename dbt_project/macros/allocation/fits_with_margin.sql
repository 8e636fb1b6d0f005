{#- Whether a number of bookings is below the room for them by what rounding may take: 5 % and ten bookings, or half of them. -#}
{% macro fits_with_margin(bookings, seats) -%}
  {%- set margin_bookings = 10 -%}
  {%- set margin_percent = 5 -%}
  {{ bookings }} + least({{ margin_bookings }}, {{ int_div(bookings, 2) }}) <= {{ int_div('(' ~ seats ~ ') * ' ~ (100 - margin_percent), 100) }}
{%- endmacro %}
