-- How many bookings of each class each event takes: premium users share the seats that basic users have left, premium events drawing them most.
with

basic as (

    select * from {{ ref('int_event_bookings__basic') }}

),

candidates as (

    select
        classes.class_number,
        classes.bands,
        events.event_number,
        events.overlap_group as band_unit,
        events.seats - coalesce(basic.booking_count, 0) as capacity,
        events.weight * case when events.is_premium then {{ var('popularity_of_premium') }} else 1 end as weight
    from {{ ref('int_booking_events') }} as events
    inner join {{ ref('int_booking_classes') }} as classes
        on {{ is_open_class('classes.class_number', true) }}
        and classes.season_month = events.season_month
    left join basic
        on events.event_number = basic.event_number and {{ is_open_class('basic.class_number', false) }}

),

{{ allocate_event_bookings('candidates') }}

select * from basic where booking_count > 0
union all
select * from placed_events where booking_count > 0
