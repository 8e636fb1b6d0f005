select
    position as event_number,
    title,
    description,
    category,
    kind
from {{ source('raw', 'events') }}
