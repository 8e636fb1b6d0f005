-- When each turn is said; the closing of a ticket is none.
select ticket_number, turn, created_at
from {{ ref('int_messages__paced') }}
where kind != 'closing'
