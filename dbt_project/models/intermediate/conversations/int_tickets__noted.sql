-- The internal note of the agent who has a ticket; an open ticket has none.
select
    tickets.ticket_number,
    {{ filled_facts('notes.text', 'facts') }} as agent_notes
from {{ ref('int_tickets__resolved') }} as tickets
inner join {{ ref('int_replies') }} as notes
    on notes.scenario = '' and notes.kind = 'note_' || tickets.status
    and notes.variant = {{ draw_below('agent note', 'tickets.ticket_number', 'notes.variant_count') }}
inner join {{ ref('int_tickets__facts') }} as facts
    on tickets.ticket_number = facts.ticket_number
