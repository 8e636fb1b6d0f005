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

    select * from {{ ref('int_users__settled') }}

),

priced as (

    select * from {{ ref('int_bookings__settled') }}

),

blocked as (

    select * from {{ ref('int_users__blocked') }}

),

done as (

    select * from {{ ref('int_tickets__done') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

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
        subscribed.status,
        dated.started_at,
        dated.ended_at,
        blocked.blocked_at,
        blocked.blocked_reason,
        dated.effect,
        -- how it began: a member whom support moved to premium was basic
        case when dated.effect = 'premium_tier' then 'basic' else subscribed.tier end as tier,
        case when dated.effect = 'premium_tier' then policies.basic_monthly_quota else subscribed.monthly_quota end as monthly_quota
    from authors
    cross join policies
    inner join subscribed
        on authors.user_number = subscribed.user_number
    inner join dated
        on authors.user_number = dated.user_number
    left join blocked
        on authors.user_number = blocked.user_number

),

bookings as (

    select
        priced.user_number,
        priced.booking_number,
        -- as it was booked, with the ticket that support took off
        priced.ticket_count + (made_smaller.booking_number is not null)::bigint as ticket_count,
        priced.status::string as status,
        priced.created_at,
        priced.cancelled_at,
        priced.cancelled_by::string as cancelled_by,
        priced.attended_at,
        events.title
    from priced
    inner join authors
        on priced.user_number = authors.user_number
    inner join events
        on priced.event_number = events.event_number
    left join done as made_smaller
        on priced.booking_number = made_smaller.booking_number
        and made_smaller.effect = 'smaller_party'

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
    where status != 'active' and effect is null

    union all

    select
        user_number,
        null,
        'account_blocked',
        'Account blocked: ' || replace(blocked_reason, '_', ' ') || '.',
        blocked_at
    from members
    where blocked_at is not null

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
        null,
        'booking_cancelled',
        'Cancelled the booking for ' || title || ' (' || {{ sequential_id('r', 'booking_number') }} || case cancelled_by when 'block' then ', by the block of the account).' else ', by the member).' end,
        cancelled_at
    from bookings
    where cancelled_by in ('member', 'block')

    union all

    select
        user_number,
        null,
        'event_attended',
        'Attended ' || title || ' (' || {{ sequential_id('r', 'booking_number') }} || ').',
        attended_at
    from bookings
    where attended_at is not null

    union all

    select
        done.user_number,
        done.ticket_id,
        done.interaction_type,
        case done.interaction_type
            when 'booking_cancelled' then 'Cancelled the booking for ' || bookings.title || ' (' || {{ sequential_id('r', 'done.booking_number') }} || ', by support).'
            when 'party_changed' then 'Took one ticket off the booking for ' || bookings.title || ' (' || {{ sequential_id('r', 'done.booking_number') }} || ').'
            when 'subscription_upgraded' then 'Membership moved to premium by support.'
            when 'subscription_cancelled' then 'Membership cancelled by support.'
            when 'subscription_paused' then 'Membership paused by support.'
            when 'access_reset' then 'Access to the account reset.'
            when 'deletion_requested' then 'Deletion of the account begun.'
            when 'case_opened' then 'Case opened with the specialists.'
        end,
        done.done_at
    from done
    left join bookings
        on done.booking_number = bookings.booking_number
    -- what the member cancelled stands above
    where done.actor is distinct from 'member'

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
        {{ columns_except(['user_number']) }}
    from happenings

)

select * from history
