-- In no order: joins keep none, and a sort of all bookings is what a large set cannot afford. Exports sort by id.
-- Joins are made as they are written (dbt_project.yml): the optimizer's guess of the bookings is far too low, and it would build on the large side.
select
    {{ sequential_id('r', 'booking_number') }} as reservation_id,
    {{ sequential_id('u', 'user_number') }} as user_id,
    user_email,
    event_id,
    event_title,
    venue_id,
    venue_name,
    event_date,
    ticket_count,
    (total_cents / 100)::decimal(10, 2) as total_price,
    status,
    created_at as booking_date,
    payment_method,
    is_premium_booking
from {{ ref('int_bookings__priced') }}
