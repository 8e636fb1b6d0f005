-- Bookings that tickets and histories can speak of. Rules of the help desk look for theirs among these: each of them would have to read all bookings, of which there may be millions.
with

members as (

    select user_id from {{ ref('tickets') }}
    union
    select user_id from {{ ref('udahub__user_history') }}

)

select
    reservation_id,
    user_id,
    event_id,
    event_title,
    event_date,
    ticket_count,
    total_price,
    status,
    booking_date,
    payment_method,
    cancelled_at,
    cancelled_by,
    attended_at
from {{ ref('reservations') }}
where
    user_id in (select user_id from members)
    or reservation_id in (select reservation_id from {{ ref('tickets') }})
