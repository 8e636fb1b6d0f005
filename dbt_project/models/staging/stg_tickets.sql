select
    position as ticket_number,
    category,
    scenario,
    tone,
    subject,
    description,
    follow_up,
    pushback,
    thanks
from {{ source('raw', 'tickets') }}
