select
    event_id,
    title,
    description,
    category,
    venue_id,
    city,
    event_date,
    start_time,
    {{ adapter.quote('when') }},
    duration_minutes,
    price_min,
    price_max,
    total_tickets,
    tickets_sold,
    slots_available,
    is_premium,
    status
from {{ ref('events') }}
