-- Room for the bookings of each class of users who are not blocked. An event counts with the least that it has for a class, which for premium users is what
-- basic users cannot take. All bands of a class take as many bookings, so the one with the least room counts.
with

booking_events as (

    select * from {{ ref('int_booking_events') }}

),

classes as (

    select * from {{ ref('int_booking_classes') }}

),

events as (

    select
        classes.class_number,
        classes.bands,
        events.event_number,
        events.overlap_group as band_unit,
        case when {{ is_open_class('classes.class_number', false) }} then {{ basic_seats('events.seats') }} else events.seats end as possible_rows,
        case
            when {{ is_open_class('classes.class_number', false) }} then {{ basic_seats('events.seats') }}
            when events.is_premium then events.seats
            else events.seats - {{ basic_seats('events.seats') }}
        end as capacity
    from booking_events as events
    inner join classes
        on not classes.is_blocked_class
        and (classes.is_premium_class or not events.is_premium)
        and classes.season_month = events.season_month

),

{{ assign_bands('events') }},

bands as (

    select class_number, bands, sum(possible_rows) as possible_rows, sum(capacity)::bigint as capacity
    from banded
    group by class_number, bands, band

),

rooms as (

    select
        class_number,
        sum(possible_rows)::bigint as possible_rows,
        min(capacity) * any_value(bands) as room
    from bands
    group by class_number

)

select * from rooms
