-- The bands of each class: booking i of the class's line goes to band i mod bands, so a band takes every bands-th booking. Holds the keys of the
-- bijection that permutes a band's bookings over its places.
with

user_bookings as (

    select class_number, booking_count from {{ ref('int_user_bookings') }}
    union all
    select class_number, booking_count from {{ ref('int_user_bookings__past') }}

),

booking_classes as (

    select * from {{ ref('int_booking_classes') }}

),

numbers as (

    select * from {{ ref('int_numbers') }}

),

totals as (

    select class_number, sum(booking_count)::bigint as booking_count
    from user_bookings
    group by class_number

),

classes as (

    select
        classes.*,
        totals.booking_count
    from booking_classes as classes
    inner join totals
        on classes.class_number = totals.class_number

),

bands as (

    select
        classes.*,
        numbers.number - 1 as band,
        classes.first_band + numbers.number - 1 as band_number,
        {{ band_key('classes.class_number', 'numbers.number - 1') }} as band_key,
        {{ int_div('classes.booking_count', 'classes.bands') }} + (numbers.number - 1 < classes.booking_count % classes.bands)::bigint as band_bookings
    from classes
    inner join numbers
        on numbers.number <= classes.bands

),

keyed as (

    select
        class_number,
        band,
        band_key,
        band_number,
        bands,
        is_premium_class,
        is_blocked_class,
        coalesce(sum({{ int_div_up('band_bookings', 2 ** (bucket_bits() | int)) }}) over (order by band_key rows between unbounded preceding and 1 preceding), 0)::bigint as first_bucket,
        {{ permutation_keys('band_bookings', 'band', 'band_key', is_short_key=true) }}
    from bands

)

select * from keyed
