-- The internal note of the agent who has a ticket; an open ticket has none. Of a resolved one it says who answered and whether the member wrote back.
with

conversations as (

    select
        ticket_number,
        max_by(role, turn) filter (where role in ('ai', 'agent')) as last_support_role,
        max_by(role, turn) as last_role
    from {{ ref('int_messages__script') }}
    group by ticket_number

),

tickets as (

    select
        stated.ticket_number,
        'note_' || stated.status || case
            when stated.status != 'resolved' then ''
            when conversations.last_role != 'user' then '_silent'
            else '_' || conversations.last_support_role
        end as kind
    from {{ ref('int_tickets__stated') }} as stated
    inner join conversations
        on stated.ticket_number = conversations.ticket_number

)

select
    tickets.ticket_number,
    notes.text as written_notes,
    {{ fill_ticket_slots('notes.text', 'facts') }} as agent_notes
from tickets
inner join {{ ref('int_replies') }} as notes
    on notes.scenario = '' and notes.kind = tickets.kind
    and notes.variant = {{ draw_below('agent note', 'tickets.ticket_number', 'notes.variant_count') }}
inner join {{ ref('int_tickets__slot_values') }} as facts
    on tickets.ticket_number = facts.ticket_number
