with

tickets as (

    select * from {{ ref('int_tickets__resolved') }}

),

facts as (

    select * from {{ ref('int_tickets__slot_values') }}

),

subjects as (

    select * from {{ ref('int_tickets__subjects') }}

),

openings as (

    select ticket_number, content from {{ ref('int_messages') }} where turn = 1

),

notes as (

    select * from {{ ref('int_tickets__agent_notes') }}

)

select
    tickets.ticket_id,
    {{ sequential_id('u', 'tickets.user_number') }} as user_id,
    facts.email as user_email,
    tickets.category,
    tickets.main_issue_type,
    subjects.subject,
    openings.content as description,
    {{ sequential_id('r', 'tickets.booking_number') }} as reservation_id,
    {{ sequential_id('e', 'tickets.event_number') }} as event_id,
    facts.event_title,
    tickets.status,
    tickets.priority,
    tickets.created_at,
    tickets.resolved_at,
    notes.agent_notes
from tickets
inner join facts
    on tickets.ticket_number = facts.ticket_number
inner join subjects
    on tickets.ticket_number = subjects.ticket_number
inner join openings
    on tickets.ticket_number = openings.ticket_number
left join notes
    on tickets.ticket_number = notes.ticket_number
order by tickets.ticket_number
