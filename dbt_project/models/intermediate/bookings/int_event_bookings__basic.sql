-- How many bookings of basic users each event takes, and of blocked users, whose bookings are all cancelled and take no seat.
-- Basic users get a part of the seats at most, so that premium users find some everywhere.
with

candidates as (

    select
        classes.class_number,
        classes.bands,
        events.event_number,
        case when classes.is_blocked_class then events.event_number else events.overlap_group end as band_unit,
        case when classes.is_blocked_class then {{ unbounded_capacity() }} else {{ basic_seats('events.seats') }} end as capacity,
        events.weight
    from {{ ref('int_booking_classes') }} as classes
    inner join {{ ref('int_booking_events') }} as events
        on (classes.is_premium_class or not events.is_premium)
        and classes.season_month = events.season_month
    where not {{ is_open_class('classes.class_number', true) }}

),

{{ allocate_event_bookings('candidates') }}

select * from placed_events
