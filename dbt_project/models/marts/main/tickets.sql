with

tickets as (

    select * from {{ ref('int_tickets__resolved') }}

),

slot_values as (

    select * from {{ ref('int_tickets__slot_values') }}

),

subjects as (

    select * from {{ ref('int_tickets__subjects') }}

),

notes as (

    select * from {{ ref('int_tickets__agent_notes') }}

),

messages as (

    select * from {{ ref('int_messages') }}

),

openings as (

    select ticket_number, content from messages where turn = 1

),

wide_tickets as (

    select
        tickets.ticket_id,
        {{ sequential_id('u', 'tickets.user_number') }} as user_id,
        slot_values.email as user_email,
        tickets.category,
        tickets.main_issue_type,
        subjects.subject,
        openings.content as description,
        {{ sequential_id('r', 'tickets.booking_number') }} as reservation_id,
        {{ sequential_id('e', 'tickets.event_number') }} as event_id,
        slot_values.event_title,
        tickets.status,
        tickets.priority,
        tickets.created_at,
        tickets.resolved_at,
        notes.agent_notes,
        case when tickets.has_agent then slot_values.agent_name end as assigned_agent,
        tickets.first_response_at,
        tickets.csat,
        tickets.ticket_number
    from tickets
    inner join slot_values
        on tickets.ticket_number = slot_values.ticket_number
    inner join subjects
        on tickets.ticket_number = subjects.ticket_number
    inner join openings
        on tickets.ticket_number = openings.ticket_number
    left join notes
        on tickets.ticket_number = notes.ticket_number

)

select {{ columns_except(['ticket_number']) }} from wide_tickets
order by ticket_number
