with

bookings as (

    select * from {{ ref('int_bookings__priced') }}

),

users as (

    select * from {{ ref('int_users__identified') }}

),

events as (

    select
        described.*,
        scheduled.event_date
    from {{ ref('int_events__described') }} as described
    inner join {{ ref('int_events__scheduled') }} as scheduled
        on described.event_number = scheduled.event_number

),

reservations as (

    select
        {{ sequential_id('r', 'bookings.booking_number') }} as reservation_id,
        users.user_id,
        users.email as user_email,
        events.event_id,
        events.title as event_title,
        events.venue_id,
        events.venue_name,
        events.event_date,
        bookings.ticket_count,
        (bookings.total_cents / 100)::decimal(10, 2) as total_price,
        bookings.status,
        bookings.created_at as booking_date,
        bookings.payment_method,
        bookings.is_premium_booking,
        bookings.booking_number
    from bookings
    inner join users
        on bookings.user_number = users.user_number
    inner join events
        on bookings.event_number = events.event_number

)

select * exclude (booking_number) from reservations
order by booking_number
