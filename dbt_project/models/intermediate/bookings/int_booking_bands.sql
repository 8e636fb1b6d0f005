-- The bands of each class: slot i of the class's line goes to band i mod bands, so a band takes every bands-th slot. Holds the keys of the
-- bijection that scatters a band's slots over its places.
with

totals as (

    select class_number, sum(booking_count)::bigint as booking_count
    from {{ ref('int_user_bookings') }}
    group by class_number

),

classes as (

    select
        classes.*,
        totals.booking_count
    from {{ ref('int_booking_classes') }} as classes
    inner join totals
        on classes.class_number = totals.class_number

),

bands as (

    select
        classes.*,
        numbers.number - 1 as band,
        {{ band_key('classes.class_number', 'numbers.number - 1') }} as band_key,
        {{ int_div('classes.booking_count', 'classes.bands') }} + (numbers.number - 1 < classes.booking_count % classes.bands)::bigint as band_bookings
    from classes
    inner join {{ ref('int_numbers') }} as numbers
        on numbers.number <= classes.bands

)

select
    class_number,
    band,
    band_key,
    bands,
    is_premium_class,
    is_blocked_class,
    {{ permutation_keys('band_bookings', 'band', 'band_key') }}
from bands
