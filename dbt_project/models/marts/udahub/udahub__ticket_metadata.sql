with

tickets as (

    select * from {{ ref('tickets') }}

),

triaged as (

    select * from {{ ref('int_tickets__triaged') }}

),

messages as (

    select * from {{ ref('int_messages') }}

),

events as (

    select * from {{ ref('events') }}

),

users as (

    select * from {{ ref('users') }}

),

last_messages as (

    select ticket_number, max(created_at) as last_message_at
    from messages
    group by ticket_number

),

metadata as (

    select
        tickets.ticket_id,
        tickets.status,
        tickets.main_issue_type,
        concat_ws(', ', tickets.category, events.category, users.subscription_tier) as tags,
        tickets.created_at,
        greatest(last_messages.last_message_at, coalesce(tickets.resolved_at, tickets.created_at)) as updated_at,
        tickets.category,
        tickets.priority,
        triaged.urgency,
        triaged.sentiment,
        triaged.rag_confidence,
        triaged.failed_attempts,
        {{ trigger_names('triaged') }} as escalation_reason,
        tickets.subject,
        tickets.reservation_id,
        tickets.event_id,
        tickets.resolved_at,
        tickets.agent_notes,
        tickets.assigned_agent,
        tickets.first_response_at,
        tickets.csat,
        triaged.ticket_number
    from tickets
    inner join triaged
        on tickets.ticket_id = triaged.ticket_id
    inner join last_messages
        on triaged.ticket_number = last_messages.ticket_number
    inner join users
        on tickets.user_id = users.user_id
    left join events
        on tickets.event_id = events.event_id

)

select {{ columns_except(['ticket_number']) }} from metadata
order by ticket_number
