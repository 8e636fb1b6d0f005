{#-
  The closed list of facts that the answer key may ask for, besides EventHub's policy constants: columns of int_tickets__facts. Each has a type, by which a
  machine compares it, and a count has its unit behind a colon.
-#}
{% macro ticket_facts() -%}
  {{ return({
    'user_id': 'name', 'email': 'name', 'plan': 'status', 'monthly_quota': 'count:bookings', 'remaining_quota': 'count:bookings', 'next_tier': 'status',
    'cancelled_state': 'status', 'paused_state': 'status', 'escalation_reasons': 'status',
    'event_title': 'name', 'event_date': 'date', 'start_time': 'time', 'event_status': 'status', 'event_category': 'status', 'venue_name': 'name',
    'neighborhood': 'name', 'city': 'name', 'venue_parking': 'name',
    'youngest_guest_age': 'count:years', 'with_adult_below_age': 'count:years', 'no_ticket_below_age': 'count:years',
    'reservation_id': 'name', 'reservation_status': 'status', 'booking_date': 'date', 'ticket_count': 'count:tickets', 'payment_method': 'status',
    'total_price': 'money', 'refund_due': 'money', 'refund_percent': 'percent', 'refund_days': 'count:business days', 'one_ticket_less': 'count:tickets',
    'one_ticket_refund': 'money'
  }) }}
{%- endmacro %}
