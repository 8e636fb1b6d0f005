select
    event_number,
    event_id,
    title,
    {{ fill_slots('description', {'venue_name': 'venue_name', 'city': 'city', 'neighborhood': 'neighborhood'}) }} as description,
    category,
    venue_id,
    venue_name,
    neighborhood,
    city
from {{ ref('int_events__placed') }}
