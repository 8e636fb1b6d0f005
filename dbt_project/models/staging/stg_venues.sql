select
    position as venue_number,
    name,
    address,
    neighborhood,
    city,
    region,
    category
from {{ source('raw', 'venues') }}
