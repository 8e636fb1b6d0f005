-- The channel each ticket came in by (shares of seed shares). Nobody calls in the words of a thumb: such a ticket came by app instead.
select
    tickets.ticket_number,
    case when channels.value = 'phone' and tones.is_typed then 'app' else channels.value end as channel
from {{ ref('int_tickets__text_chosen') }} as tickets
inner join {{ ref('tones') }} as tones
    on tickets.tone = tones.tone
inner join {{ ref('int_share_cards') }} as channels
    on channels.attribute = 'ticket_channel'
    and channels.block_size = 100
    and channels.card = {{ draw_below('ticket channel', 'tickets.ticket_number', 100) }}
