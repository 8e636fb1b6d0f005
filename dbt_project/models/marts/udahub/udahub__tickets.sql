select
    tickets.ticket_id,
    'eventhub' as account_id,
    tickets.user_id,
    channels.value as channel,
    tickets.created_at
from {{ ref('tickets') }} as tickets
inner join {{ ref('share_cards') }} as channels
    on channels.attribute = 'ticket_channel'
    and channels.block_size = 100
    and channels.card = {{ draw_below('ticket channel', id_number('tickets.ticket_id'), 100) }}
order by {{ id_number('tickets.ticket_id') }}
