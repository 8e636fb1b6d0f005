-- Tickets by the number of their messages.
with

counted as (

    select ticket_id, count(*) as messages
    from udahub.ticket_messages
    group by ticket_id

)

select messages, count(*) as tickets
from counted
group by messages
order by messages
