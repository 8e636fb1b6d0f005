-- Which event a place of a band belongs to, as a table to join on: places come in buckets of 64, and an event stands in every bucket it touches.
with

events as (

    select
        bookings.*,
        parties.booking_count as party_bookings,
        case bookings.class_number when 1 then parties.basic_count else 0 end as first_rank,
        parties.up_to_1,
        parties.up_to_2,
        parties.up_to_3,
        parties.up_to_4,
        parties.up_to_5,
        parties.turn
    from {{ ref('int_event_bookings') }} as bookings
    left join {{ ref('int_event_parties') }} as parties
        on bookings.event_number = parties.event_number

),

buckets as (

    select
        *,
        {{ whole('first_place', 64) }} + {{ unnested_range(whole('first_place + booking_count - 1', 64) ~ ' - ' ~ whole('first_place', 64) ~ ' + 1') }} as bucket
    from events

)

select
    band_key * 4294967296 + bucket as bucket_key,
    first_place,
    first_place + booking_count as next_place,
    event_number,
    first_rank,
    party_bookings,
    up_to_1,
    up_to_2,
    up_to_3,
    up_to_4,
    up_to_5,
    turn
from buckets
