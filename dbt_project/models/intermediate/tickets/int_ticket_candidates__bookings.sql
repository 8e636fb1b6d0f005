{#- From a booking, or its cancellation, to a ticket about it, at least. -#}
{%- set shortest_wait = hours(2) -%}
-- Bookings that a ticket may be about, per premise; one about a cancelled booking is written after the cancellation. Of many bookings only a drawn part stands as candidates, twenty for each ticket.
-- Nobody writes about a past event. A drawn part of these is kept for what support did: each of them shows one thing that was done, and no other ticket is about it.
with

premises as (

    select * from {{ ref('int_ticket_premises') }}

),

priced as (

    select * from {{ ref('int_bookings__priced') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

needs as (

    select
        premises.*,
        {{ seconds_after('parameters.as_of_at', '-' ~ shortest_wait) }} as settled_before,
        {{ seconds_after('parameters.as_of_at', days('-premises.min_cancelled_days') ~ ' - ' ~ shortest_wait) }} as cancelled_before
    from premises
    cross join parameters
    where premises.links_to = 'reservation'

),

bookings as (

    select
        priced.booking_number,
        priced.user_number,
        priced.event_number,
        priced.status::string as status,
        priced.ticket_count,
        priced.created_at,
        priced.cancelled_at,
        {{ draw_below('booking kept for support', 'priced.booking_number', bookings_per_kept_one('priced.status')) }} = 0 as is_kept
    from priced
    inner join scheduled
        on priced.event_number = scheduled.event_number
    cross join parameters
    where
        {{ draw_below('booking candidate', 'priced.booking_number', 'parameters.reservations') }} < {{ candidates_per_ticket() }} * parameters.tickets
        and scheduled.day_number > 0
        and priced.created_at < {{ seconds_after('parameters.as_of_at', '-' ~ shortest_wait) }}

),

facts as (

    select
        bookings.*,
        subscribed.tier,
        case when subscribed.status = 'active' then 'active' else 'ended' end as subscription_state,
        subscribed.is_blocked,
        scheduled.day_number,
        scheduled.day_number + {{ days_between(local_date('bookings.cancelled_at'), 'parameters.as_of') }} as cancelled_notice_days,
        {{ is_kept_member('subscribed') }} as is_kept_member
    from bookings
    cross join parameters
    inner join subscribed
        on bookings.user_number = subscribed.user_number
    inner join scheduled
        on bookings.event_number = scheduled.event_number

),

matched as (

    select
        needs.premise,
        needs.premise_number,
        needs.effect,
        facts.user_number,
        facts.booking_number,
        facts.event_number,
        -- until it was done, nothing was cancelled
        case when needs.effect is null then coalesce(facts.cancelled_at, facts.created_at) else facts.created_at end as settled_at,
        needs.settled_before,
        needs.cancelled_before,
        needs.min_cancelled_days
    from facts
    inner join needs
        on facts.status = needs.reservation_status
        and facts.is_kept = (needs.effect is not null)
        and facts.is_blocked = needs.is_blocked
        and (needs.user_tier is null or facts.tier = needs.user_tier)
        and (needs.subscription_state is null or (facts.subscription_state = needs.subscription_state and not facts.is_kept_member))
        and (needs.min_tickets is null or facts.ticket_count >= needs.min_tickets)
        and (needs.max_tickets is null or facts.ticket_count <= needs.max_tickets)
        and (needs.min_days_ahead is null or facts.day_number >= needs.min_days_ahead)
        and (needs.max_days_ahead is null or facts.day_number <= needs.max_days_ahead)
        and (needs.min_cancelled_notice_days is null or facts.cancelled_notice_days >= needs.min_cancelled_notice_days)
        and (needs.max_cancelled_notice_days is null or facts.cancelled_notice_days <= needs.max_cancelled_notice_days)

),

settled as (

    select *
    from matched
    where
        settled_at < settled_before
        and (min_cancelled_days is null or settled_at < cancelled_before)

),

-- only the few that are kept are ordered
ranked as (

    select
        *,
        row_number() over (
            partition by booking_number
            order by {{ draw('premise of a kept booking', need_key('booking_number', 'premise_number')) }}, premise_number
        ) as premise_rank
    from settled
    where effect is not null

),

candidates as (

    select
        premise,
        premise_number,
        user_number,
        booking_number,
        event_number,
        settled_at
    from settled
    where effect is null

    union all

    select
        premise,
        premise_number,
        user_number,
        booking_number,
        event_number,
        settled_at
    from ranked
    where premise_rank = 1

)

select * from candidates
