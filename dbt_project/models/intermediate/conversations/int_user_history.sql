-- What really happened to the members who wrote a ticket: their subscription, their bookings, their tickets. One row a happening, told up to as_of.
with

authors as (

    select distinct user_id from {{ ref('tickets') }}

),

members as (

    select users.*
    from {{ ref('users') }} as users
    inner join authors
        on users.user_id = authors.user_id

),

happenings as (

    select
        user_id,
        null as ticket_id,
        'subscription_started' as interaction_type,
        'Started a ' || subscription_tier || ' membership with ' || monthly_quota || ' events a month.' as summary,
        subscription_started_at as created_at
    from members

    union all

    select
        user_id,
        null,
        'subscription_' || subscription_status,
        'Membership ' || subscription_status || ' by the member.',
        subscription_ended_at
    from members
    where subscription_status != 'active'

    union all

    select
        reservations.user_id,
        null,
        'booking',
        'Booked ' || ticket_count || case ticket_count when 1 then ' ticket' else ' tickets' end || ' for ' || event_title || ' (' || reservation_id || ', now ' || status || ').',
        booking_date
    from {{ ref('reservations') }} as reservations
    inner join authors
        on reservations.user_id = authors.user_id

    union all

    select
        user_id,
        ticket_id,
        'ticket_opened',
        'Wrote to support: ' || subject,
        created_at
    from {{ ref('tickets') }}

    union all

    select
        user_id,
        ticket_id,
        'ticket_' || status,
        'Request ' || case status when 'resolved' then 'resolved' else 'handed to the specialist team' end || ': ' || subject,
        coalesce(resolved_at, {{ seconds_after('created_at', '1') }})
    from {{ ref('tickets') }}
    where status in ('resolved', 'escalated')

)

select * from happenings
