-- In time order within a ticket: the starter's agents take the last row as the last message.
select
    {{ sequential_id('m', 'row_number() over (order by ticket_number, turn)') }} as message_id,
    {{ sequential_id('t', 'ticket_number') }} as ticket_id,
    role,
    content,
    created_at
from {{ ref('int_messages') }}
order by ticket_number, turn
