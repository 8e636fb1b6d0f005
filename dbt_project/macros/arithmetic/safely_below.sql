{#- Whether a number of bookings is below the room for them by what rounding may take: 5 % and ten bookings, or half of them. -#}
{% macro safely_below(bookings, seats) -%}
  {{ bookings }} + least(10, {{ whole(bookings, 2) }}) <= {{ whole('(' ~ seats ~ ') * 95', 100) }}
{%- endmacro %}
