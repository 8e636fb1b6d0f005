{#- Whether all bookings of a user fit into one month, so that they may be made at any time; where a past season needs room, too, into half of its quota. -#}
{% macro fits_any_month(booking_count, monthly_quota) -%}
  {{ booking_count }}{{ ' * 2' if has_past_season() }} <= {{ monthly_quota }}
{%- endmacro %}
