{#-
  Days over which a user's bookings of the season to come are spread, counted in months of 31. Months are filled by two thirds of the quota, or by half of it where
  a past season needs room, too, and one and the last are added.
-#}
{% macro spread_days(booking_count, users) -%}
  {%- set threes, twos = (2, 1) if has_past_season() else (3, 2) -%}
  {{ longest_month_days() }} * least({{ users }}.month_count - 1, {{ int_div(booking_count ~ ' * ' ~ threes, users ~ '.monthly_quota * ' ~ twos) }} + 1) + {{ users }}.last_month_days
{%- endmacro %}
