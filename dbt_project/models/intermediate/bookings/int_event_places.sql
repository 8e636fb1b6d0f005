{%- set numbers = [
    'span_number', 'event_number', 'party_bookings', 'up_to_1', 'up_to_2', 'up_to_3', 'up_to_4', 'up_to_5', 'day_number', 'price_min', 'price_span'
] -%}
-- Which event places of a band belong to, with all numbers that a booking takes from it. An event has one span of places in a band; spans are numbered in the
-- order of bands and places (int_place_buckets finds that of a place). Numbers of 32 bits, which hold all bookings (macro most_rows): each booking finds its row
-- at another place of memory. `rank_start` holds all that is known of a booking's rank among the event's (macro rotated) before its place is.
with

parties as (

    select * from {{ ref('int_event_parties') }}

),

event_bookings as (

    select * from {{ ref('int_event_bookings') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

offered as (

    select * from {{ ref('int_events__offered') }}

),

-- numbered first, as a sort of all columns would take ten times as long
{{ row_places('numbered', 'event_bookings', 'span_place', order_by=['band_key', 'first_place'], cut='first_place') }},

spans as (

    select
        numbered.span_place - 1 as span_number,
        numbered.band_key,
        numbered.event_number,
        numbered.first_place,
        numbered.first_place + numbered.booking_count as next_place,
        -- a rank is what the place is beyond the event's first one, behind those of basic users
        (case when {{ is_open_class('numbered.class_number', true) }} then parties.basic_count else 0 end - numbered.first_place) * {{ rotation_step() }} + parties.turn as rank_start,
        parties.booking_count as party_bookings,
        parties.up_to_1,
        parties.up_to_2,
        parties.up_to_3,
        parties.up_to_4,
        parties.up_to_5,
        scheduled.day_number,
        offered.price_min,
        offered.price_max - offered.price_min as price_span
    from numbered
    inner join scheduled
        on numbered.event_number = scheduled.event_number
    inner join offered
        on numbered.event_number = offered.event_number
    left join parties
        on numbered.event_number = parties.event_number

)

select
    {% for number in numbers %}
        {{ number }}::int as {{ number }},
    {% endfor %}
    rank_start,
    band_key,
    first_place,
    next_place
from spans
