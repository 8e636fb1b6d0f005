-- In time order within a ticket: the starter's agents take the last row as the last message.
with

messages as (

    select * from {{ ref('int_messages') }}

),

{{ row_places('numbered', 'messages', 'message_number', order_by=['ticket_number', 'turn'], cut='ticket_number') }}

select
    {{ sequential_id('m', 'message_number') }} as message_id,
    {{ sequential_id('t', 'ticket_number') }} as ticket_id,
    role,
    content,
    created_at
from numbered
order by message_number
