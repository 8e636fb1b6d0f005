{#- The closed list of facts that the answer key may ask for, besides EventHub's policy constants: columns of int_tickets__facts. -#}
{% macro ticket_facts() -%}
  {{ return([
    'user_id', 'email', 'plan', 'monthly_quota', 'remaining_quota', 'next_tier', 'cancelled_state', 'paused_state', 'escalation_reasons',
    'event_title', 'event_date', 'start_time', 'event_status', 'event_category', 'venue_name', 'neighborhood', 'city', 'venue_parking',
    'youngest_guest_age', 'with_adult_below_age', 'no_ticket_below_age', 'reservation_id', 'reservation_status', 'booking_date', 'ticket_count',
    'payment_method', 'total_price', 'refund_due', 'refund_percent', 'refund_days', 'one_ticket_less', 'one_ticket_refund'
  ]) }}
{%- endmacro %}
