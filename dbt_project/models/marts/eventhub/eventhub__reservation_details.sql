-- The wide reservation (requirements: views-without-joins): a reservation with its user, event and venue.
select
    reservations.reservation_id,
    reservations.user_id,
    users.email as user_email,
    reservations.event_id,
    events.title as event_title,
    events.venue_id,
    venues.name as venue_name,
    events.event_date,
    reservations.ticket_count,
    reservations.total_price,
    reservations.status,
    reservations.created_at,
    reservations.created_at as booking_date,
    reservations.payment_method,
    reservations.is_premium_booking,
    reservations.cancelled_at,
    reservations.cancelled_by
from {{ ref('eventhub__reservations') }} as reservations
inner join {{ ref('eventhub__users') }} as users
    on reservations.user_id = users.user_id
inner join {{ ref('eventhub__events') }} as events
    on reservations.event_id = events.event_id
inner join {{ ref('eventhub__venues') }} as venues
    on events.venue_id = venues.venue_id
