select
    venue_id,
    name,
    address,
    neighborhood,
    city,
    region,
    state,
    capacity,
    category
from {{ ref('int_venues__identified') }}
order by venue_number
