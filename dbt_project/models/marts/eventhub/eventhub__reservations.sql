select
    reservation_id,
    user_id,
    event_id,
    ticket_count,
    total_price,
    status,
    booking_date as created_at,
    payment_method,
    is_premium_booking,
    cancelled_at,
    cancelled_by,
    attended_at
from {{ ref('reservations') }}
