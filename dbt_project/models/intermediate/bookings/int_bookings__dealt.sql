-- The deal. Slot i of a class's line goes to band i mod bands and, scattered within the band, to a place that belongs to one event.
-- A user's slots follow each other and are no more than the bands, so they fall in different bands; each event lies in one band of a class: nobody
-- meets an event twice. Scattering is a bijection, so a band's places, and with them an event's bookings, are each taken exactly once.
with

users as (

    select
        *,
        {{ unnested_range('booking_count') }} as slot_rank
    from {{ ref('int_user_bookings') }}

),

bands as (

    select * from {{ ref('int_booking_bands') }}

),

slots as (

    select
        *,
        first_slot + slot_rank as slot,
        class_number * 65536 + (first_slot + slot_rank) % bands as slot_band_key
    from users

),

scattered as (

    select
        slots.*,
        bands.band_key,
        {{ scattered(whole('slots.slot', 'slots.bands'), 'bands') }} as place
    from slots
    inner join bands
        on slots.slot_band_key = bands.band_key

)

select
    scattered.first_booking + scattered.slot_rank + 1 as booking_number,
    scattered.* exclude (first_booking, bands, band_key, slot, slot_band_key, place),
    scattered.place - places.first_place + places.first_rank as event_rank,
    places.* exclude (bucket_key, first_place, next_place, first_rank)
from scattered
inner join {{ ref('int_event_places') }} as places
    on scattered.band_key * 4294967296 + {{ whole('scattered.place', 64) }} = places.bucket_key
    and scattered.place >= places.first_place
    and scattered.place < places.next_place
