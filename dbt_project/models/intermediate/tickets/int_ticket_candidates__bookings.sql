{#- From a booking, or its cancellation, to a ticket about it, at least. -#}
{%- set shortest_wait = hours(2) -%}
-- Bookings that a ticket may be about, per need; one about a cancelled booking is written after the cancellation. Of many bookings only a drawn part stands as candidates, twenty for each ticket.
with

numbered_needs as (

    select * from {{ ref('int_scenario_needs__numbered') }}

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
        numbered_needs.*,
        {{ seconds_after('parameters.as_of_at', days('-numbered_needs.min_cancelled_days') ~ ' - ' ~ shortest_wait) }} as settled_before
    from numbered_needs
    cross join parameters
    where numbered_needs.links_to = 'reservation'

),

bookings as (

    select
        priced.booking_number,
        priced.user_number,
        priced.event_number,
        priced.status::varchar as status,
        priced.ticket_count,
        coalesce(priced.cancelled_at, priced.created_at) as settled_at
    from priced
    cross join parameters
    where
        {{ draw_below('booking candidate', 'priced.booking_number', 'parameters.reservations') }} < {{ candidates_per_ticket() }} * parameters.tickets
        and coalesce(priced.cancelled_at, priced.created_at) < {{ seconds_after('parameters.as_of_at', '-' ~ shortest_wait) }}

),

facts as (

    select
        bookings.*,
        subscribed.tier,
        case when subscribed.status = 'active' then 'active' else 'ended' end as subscription_state,
        subscribed.is_blocked,
        scheduled.day_number
    from bookings
    inner join subscribed
        on bookings.user_number = subscribed.user_number
    inner join scheduled
        on bookings.event_number = scheduled.event_number

),

candidates as (

    select
        needs.need,
        needs.need_number,
        facts.user_number,
        facts.booking_number,
        facts.event_number,
        facts.settled_at
    from facts
    inner join needs
        on facts.status = needs.reservation_status
        and facts.is_blocked = needs.is_blocked
        and (needs.user_tier is null or facts.tier = needs.user_tier)
        and (needs.subscription_state is null or facts.subscription_state = needs.subscription_state)
        and (needs.min_tickets is null or facts.ticket_count >= needs.min_tickets)
        and (needs.min_days_ahead is null or facts.day_number >= needs.min_days_ahead)
        and (needs.max_days_ahead is null or facts.day_number <= needs.max_days_ahead)
        and (needs.min_cancelled_days is null or facts.settled_at < needs.settled_before)

)

select * from candidates
