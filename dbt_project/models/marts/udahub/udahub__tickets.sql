select
    tickets.ticket_id,
    'eventhub' as account_id,
    tickets.user_id,
    channels.channel,
    tickets.created_at
from {{ ref('tickets') }} as tickets
inner join {{ ref('int_tickets__channels') }} as channels
    on {{ id_number('tickets.ticket_id') }} = channels.ticket_number
order by {{ id_number('tickets.ticket_id') }}
