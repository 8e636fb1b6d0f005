{#- Of so many candidate bookings of a status one is kept for what support did (int_ticket_candidates__bookings): of the few cancelled ones more. -#}
{% macro bookings_per_kept_one(status) -%}
  case when {{ status }} = 'cancelled' then 3 else 8 end
{%- endmacro %}
