-- What a ticket may speak of, per need of the scenarios: a member, a member with an event, or a member with a booking, in a drawn order that differs
-- per need. A ticket comes after its booking, so tickets about young bookings pile up on the last days: a booking stands aside, to be taken when no other
-- is left, the more likely the fewer of the last 30 days (requirements: tickets-of-the-last-30-days) it has seen.
-- No need has more tickets than there are, so no more candidates are kept.
with

users as (

    select * from {{ ref('int_ticket_candidates__users') }}

),

bookings as (

    select * from {{ ref('int_ticket_candidates__bookings') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

events as (

    select * from {{ ref('int_events__placed') }}

),

candidates as (

    select * from users
    union all
    select * from bookings

),

keyed as (

    select
        candidates.*,
        events.category as event_category,
        parameters.tickets,
        {{ need_key('candidates.user_number', 'candidates.need_number') }} as user_key,
        {{ need_key('coalesce(candidates.booking_number, 0)', 'candidates.need_number') }} as booking_key,
        coalesce({{ seconds_between('candidates.settled_at', 'parameters.as_of_at') }}, {{ days(ticket_window_days()) }}) as age_seconds
    from candidates
    cross join parameters
    left join events
        on candidates.event_number = events.event_number

),

aged as (

    select
        *,
        age_seconds <= {{ draw_below('ticket booking age', 'booking_key', days(ticket_window_days())) }} as stands_aside
    from keyed

),

ordered as (

    select
        need,
        user_number,
        booking_number,
        event_number,
        event_category,
        settled_at,
        row_number() over (
            partition by need
            order by
                stands_aside,
                {{ draw('ticket candidate order', 'user_key') }},
                {{ draw('ticket booking order', 'booking_key') }},
                user_number,
                booking_number
        ) - 1 as candidate_rank
    from aged
    qualify candidate_rank < tickets

)

select * from ordered
