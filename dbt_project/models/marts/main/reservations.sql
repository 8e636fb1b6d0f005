-- A view, so that a build writes each booking once, as numbers; the published warehouse holds the rows as a table.
select
    {{ sequential_id('r', 'bookings.booking_number') }} as reservation_id,
    {{ sequential_id('u', 'bookings.user_number') }} as user_id,
    users.email as user_email,
    events.event_id,
    events.title as event_title,
    events.venue_id,
    events.venue_name,
    scheduled.event_date,
    bookings.ticket_count,
    (bookings.total_cents / 100)::decimal(10, 2) as total_price,
    bookings.status::string as status,
    bookings.created_at as booking_date,
    bookings.payment_method::string as payment_method,
    bookings.is_premium_booking,
    bookings.cancelled_at,
    bookings.cancelled_by::string as cancelled_by,
    bookings.attended_at
from {{ ref('int_bookings__settled') }} as bookings
inner join {{ ref('int_users__named') }} as users
    on bookings.user_number = users.user_number
inner join {{ ref('int_events__described') }} as events
    on bookings.event_number = events.event_number
inner join {{ ref('int_events__scheduled') }} as scheduled
    on bookings.event_number = scheduled.event_number
