-- What a ticket may speak of, per need of the scenarios: a member, a member with an event, or a member with a booking, in a drawn order that differs
-- per need. A ticket comes after its booking, so tickets about young bookings pile up on the last days: a booking stands aside, to be taken when no other
-- is left, the more likely the fewer of the last 30 days (requirements: tickets-of-the-last-30-days) it has seen.
-- No need has more tickets than there are, so no more candidates are kept.
with

candidates as (

    select * from {{ ref('int_ticket_candidates__users') }}
    union all
    select * from {{ ref('int_ticket_candidates__bookings') }}

),

aged as (

    select
        candidates.*,
        parameters.tickets,
        coalesce({{ seconds_between('candidates.settled_at', 'parameters.as_of_at') }}, {{ days(ticket_window_days()) }})
        <= {{ draw_below('ticket booking age', need_key('coalesce(candidates.booking_number, 0)', 'candidates.need_number'), days(ticket_window_days())) }} as stands_aside
    from candidates
    cross join {{ ref('int_parameters') }} as parameters

)

select
    need,
    user_number,
    booking_number,
    event_number,
    settled_at,
    row_number() over (
        partition by need
        order by
            stands_aside,
            {{ draw('ticket candidate order', need_key('user_number', 'need_number')) }},
            {{ draw('ticket booking order', need_key('coalesce(booking_number, 0)', 'need_number')) }},
            user_number,
            booking_number
    ) - 1 as candidate_rank
from aged
qualify candidate_rank < tickets
