-- What a ticket may speak of, per need of the scenarios: a member, a member with an event, or a member with a booking, in a drawn order that differs
-- per need.
with

candidates as (

    select * from {{ ref('int_member_candidates') }}
    union all
    select * from {{ ref('int_booking_candidates') }}

)

select
    need,
    user_number,
    booking_number,
    event_number,
    booked_at,
    row_number() over (
        partition by need
        order by
            {{ draw('ticket candidate order', 'user_number * 64 + need_number') }},
            {{ draw('ticket booking order', 'coalesce(booking_number, 0) * 64 + need_number') }},
            user_number,
            booking_number
    ) - 1 as candidate_rank
from candidates
