-- Which event a place of a band belongs to, with all numbers that a booking takes from it, as a table to join on: places come in buckets, and an
-- event stands in every bucket it touches.
with

parties as (

    select * from {{ ref('int_event_parties') }}

),

events as (

    select
        bookings.band_key,
        bookings.event_number,
        bookings.first_place,
        bookings.first_place + bookings.booking_count as next_place,
        {{ int_div('bookings.first_place', places_per_bucket()) }} as first_bucket,
        {{ int_div('bookings.first_place + bookings.booking_count - 1', places_per_bucket()) }} as last_bucket,
        case bookings.class_number when {{ premium_class() }} then parties.basic_count else 0 end as first_rank,
        parties.booking_count as party_bookings,
        parties.up_to_1,
        parties.up_to_2,
        parties.up_to_3,
        parties.up_to_4,
        parties.up_to_5,
        parties.turn,
        scheduled.day_number,
        offered.price_min,
        offered.price_max - offered.price_min as price_span
    from {{ ref('int_event_bookings') }} as bookings
    inner join {{ ref('int_events__scheduled') }} as scheduled
        on bookings.event_number = scheduled.event_number
    inner join {{ ref('int_events__offered') }} as offered
        on bookings.event_number = offered.event_number
    left join parties
        on bookings.event_number = parties.event_number

),

buckets as (

    select
        *,
        first_bucket + {{ unnested_range('last_bucket - first_bucket + 1') }} as bucket
    from events

)

select
    * exclude (band_key, first_bucket, last_bucket, bucket),
    {{ bucket_key('band_key', 'bucket') }} as bucket_key
from buckets
