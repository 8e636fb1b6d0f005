-- In time order within a ticket: the starter's agents take the last row as the last message.
with

messages as (

    select
        *,
        row_number() over (order by ticket_number, turn) as message_number
    from {{ ref('int_messages') }}

)

select
    {{ sequential_id('m', 'message_number') }} as message_id,
    {{ sequential_id('t', 'ticket_number') }} as ticket_id,
    role,
    content,
    created_at
from messages
order by message_number
