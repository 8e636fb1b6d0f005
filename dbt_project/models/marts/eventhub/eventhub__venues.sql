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
from {{ ref('venues') }}
