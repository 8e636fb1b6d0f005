{#-
  When a member came to a past event, by standard time of California, or null where the booking was missed, cancelled or is of an event to come. `bookings` and
  `scheduled` are aliases of int_bookings__priced and int_events__scheduled.
-#}
{% macro attended_at(bookings, scheduled) -%}
  {#- At the beginning or so long after it at the latest, and before the end. -#}
  {%- set latest = minutes(25) -%}
  {%- set seconds = 'greatest(1, least(' ~ latest ~ ', ' ~ minutes(scheduled ~ '.duration_minutes') ~ ' - 2))' -%}
  case
    when {{ bookings }}.status = 'confirmed'
      and {{ scheduled }}.day_number < 0
      and {{ draw_below('attended', bookings ~ '.booking_number', 100) }} < {{ var('attended_percent') }}
      then {{ seconds_after(
        '(' ~ scheduled ~ ".event_date || ' ' || " ~ scheduled ~ ".start_time || ':00')::timestamp",
        hours(8) ~ ' + 1 + ' ~ draw_below('attended moment', bookings ~ '.booking_number', seconds)
      ) }}
  end
{%- endmacro %}
