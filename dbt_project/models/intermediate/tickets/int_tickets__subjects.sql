select
    tickets.ticket_number,
    {{ fill_ticket_slots('tickets.subject', 'slot_values') }} as subject
from {{ ref('int_tickets__worded') }} as tickets
inner join {{ ref('int_tickets__slot_values') }} as slot_values
    on tickets.ticket_number = slot_values.ticket_number
