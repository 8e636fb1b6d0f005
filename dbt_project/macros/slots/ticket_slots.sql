{#- The closed list of slots in tickets and replies (seed slots). -#}
{% macro ticket_slots() -%}
  {{ return([
    'first_name', 'full_name', 'email', 'plan', 'monthly_quota', 'member_since', 'event_title', 'venue_name', 'city', 'neighborhood', 'event_date',
    'event_day', 'event_time', 'event_when', 'order_id', 'tickets', 'my_tickets', 'ticket_count', 'total_price', 'booking_date', 'booked_ago',
    'payment_method', 'agent_name', 'article_title', 'refund_due', 'refund_percent', 'remaining_quota', 'refund_share',
    'refund_outcome', 'event_category', 'event_ages', 'venue_parking'
  ]) }}
{%- endmacro %}
