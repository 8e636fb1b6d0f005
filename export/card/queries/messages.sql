-- What was said in the conversations drawn for the card.
select messages.ticket_id, messages.role, messages.content, messages.created_at
from udahub.ticket_messages as messages
inner join analytics.drawn_tickets as picked
    on messages.ticket_id = picked.ticket_id
order by picked.place, messages.created_at, messages.message_id
