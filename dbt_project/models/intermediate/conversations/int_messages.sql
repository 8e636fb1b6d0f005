-- Conversations: what is said in each turn, its slots filled from the ticket's rows, and when.
select
    worded.ticket_number,
    worded.turn,
    worded.turn_count,
    worded.role,
    worded.kind,
    {{ fill_ticket_slots('worded.text', 'facts') }} as content,
    paced.created_at
from {{ ref('int_messages__text') }} as worded
inner join {{ ref('int_messages__times') }} as paced
    on worded.ticket_number = paced.ticket_number
    and worded.turn = paced.turn
inner join {{ ref('int_tickets__slot_values') }} as facts
    on worded.ticket_number = facts.ticket_number
