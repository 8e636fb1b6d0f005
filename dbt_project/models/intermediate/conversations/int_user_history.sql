-- What really happened to the users who wrote a ticket: their subscription, their bookings, their tickets. One row a happening, up to as_of.
with

resolved as (

    select * from {{ ref('int_tickets__resolved') }}

),

subjects as (

    select * from {{ ref('int_tickets__subjects') }}

),

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

dated as (

    select * from {{ ref('int_users__dated') }}

),

priced as (

    select * from {{ ref('int_bookings__priced') }}

),

events as (

    select * from {{ ref('int_events__described') }}

),

tickets as (

    select
        resolved.ticket_id,
        resolved.user_number,
        resolved.status,
        resolved.created_at,
        resolved.resolved_at,
        subjects.subject
    from resolved
    inner join subjects
        on resolved.ticket_number = subjects.ticket_number

),

authors as (

    select distinct user_number from tickets

),

members as (

    select
        authors.user_number,
        subscribed.tier,
        subscribed.status,
        subscribed.monthly_quota,
        dated.started_at,
        dated.ended_at
    from authors
    inner join subscribed
        on authors.user_number = subscribed.user_number
    inner join dated
        on authors.user_number = dated.user_number

),

bookings as (

    select
        priced.user_number,
        priced.booking_number,
        priced.ticket_count,
        priced.status::varchar as status,
        priced.created_at,
        events.title
    from priced
    inner join authors
        on priced.user_number = authors.user_number
    inner join events
        on priced.event_number = events.event_number

),

happenings as (

    select
        user_number,
        null as ticket_id,
        'subscription_started' as interaction_type,
        'Started a ' || tier || ' membership with ' || monthly_quota || ' events a month.' as summary,
        started_at as created_at
    from members

    union all

    select
        user_number,
        null,
        'subscription_' || status,
        'Membership ' || status || ' by the member.',
        ended_at
    from members
    where status != 'active'

    union all

    select
        user_number,
        null,
        'booking',
        'Booked ' || ticket_count || case ticket_count when 1 then ' ticket' else ' tickets' end || ' for ' || title || ' (' || {{ sequential_id('r', 'booking_number') }} || ', now ' || status || ').',
        created_at
    from bookings

    union all

    select
        user_number,
        ticket_id,
        'ticket_opened',
        'Wrote to support: ' || subject,
        created_at
    from tickets

    union all

    select
        user_number,
        ticket_id,
        'ticket_' || status,
        'Request ' || case status when 'resolved' then 'resolved' else 'handed to the specialist team' end || ': ' || subject,
        coalesce(resolved_at, {{ seconds_after('created_at', '1') }})
    from tickets
    where status in ('resolved', 'escalated')

),

history as (

    select
        {{ sequential_id('u', 'user_number') }} as user_id,
        * exclude (user_number)
    from happenings

)

select * from history
