-- The closing of a ticket is no turn, and left out.
select ticket_number, turn, created_at
from {{ ref('int_messages__paced') }}
where kind != 'closing'
