-- The deal. Slot i of a class's line goes to band i mod bands and, scattered within the band, to a place that belongs to one event.
-- Why nobody books an event twice and no event oversells: docs/how-bookings-are-assigned.md.
with

counts as (

    select * from {{ ref('int_user_bookings') }}

),

bookers as (

    select * from {{ ref('int_booking_users') }}

),

booking_bands as (

    select * from {{ ref('int_booking_bands') }}

),

places as (

    select * from {{ ref('int_event_places') }}

),

-- how a user's bookings spread over the months (int_bookings__with_times), once a user and not once a booking: months are filled by two thirds of the
-- quota, and one and the last are added
spread as (

    select
        counts.*,
        bookers.* exclude (user_number, class_number, pool, capacity, weight),
        {{ longest_month_days() }} * least(bookers.month_count - 1, {{ int_div('counts.booking_count * 3', 'bookers.monthly_quota * 2') }} + 1) + bookers.last_month_days as spread_days
    from counts
    inner join bookers
        on counts.user_number = bookers.user_number

),

stepped as (

    select
        * exclude (monthly_quota, month_count, last_month_days, phase_days, spread_days),
        booking_count <= monthly_quota as fits_any_month,
        booking_count <= monthly_quota or {{ int_div(longest_month_days() ~ ' * booking_count', 'spread_days') }} + 3 <= monthly_quota as fits_month_before,
        {{ longest_month_days() }} * spread_days as month_step,
        phase_days * spread_days + ({{ longest_month_days() }} - last_month_days) * {{ longest_month_days() }} * booking_count as month_start,
        {{ longest_month_days() }} * {{ longest_month_days() }} * booking_count as month_unit
    from spread

),

users as (

    select
        *,
        {{ unnested_range('booking_count') }} as slot_rank
    from stepped

),

slots as (

    select
        * exclude (first_booking, first_slot),
        first_booking + slot_rank + 1 as booking_number,
        first_slot + slot_rank as slot,
        {{ band_key('class_number', '(first_slot + slot_rank) % bands') }} as slot_band_key
    from users

),

scattered as (

    select
        slots.* exclude (slot, bands),
        {{ permuted(int_div('slots.slot', 'slots.bands'), 'bands') }} as place
    from slots
    inner join booking_bands as bands
        on slots.slot_band_key = bands.band_key

),

-- a key of one relation alone: over two, the join would be a cross product
keyed as (

    select
        * exclude (slot_band_key),
        {{ bucket_key('slot_band_key', int_div('place', places_per_bucket())) }} as slot_bucket_key
    from scattered

),

assigned as (

    select
        keyed.* exclude (slot_bucket_key, place),
        keyed.place - places.first_place + places.first_rank as event_rank,
        places.* exclude (bucket_key, first_place, next_place, first_rank)
    from keyed
    inner join places
        on keyed.slot_bucket_key = places.bucket_key
        and keyed.place >= places.first_place
        and keyed.place < places.next_place

)

select * from assigned
