{#- Whether a number of bookings is below the room for them by what rounding may take: 5 % and ten bookings, or half of them. -#}
{% macro fits_with_margin(bookings, seats) -%}
  {{ bookings }} + least(10, {{ int_div(bookings, 2) }}) <= {{ int_div('(' ~ seats ~ ') * 95', 100) }}
{%- endmacro %}
