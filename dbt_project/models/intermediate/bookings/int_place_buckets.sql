-- The span of places (int_event_places) that a place of a band belongs to, without a comparison: places come in buckets of 32, numbered through all bands, and
-- each has a bit for each of its places, set where a span begins. So many bits as are set up to a place, so many spans further on it lies.
with

spans as (

    select * from {{ ref('int_event_places') }}

),

bands as (

    select * from {{ ref('int_booking_bands') }}

),

bucketed as (

    select
        spans.span_number,
        spans.first_place,
        bands.first_bucket,
        {{ shift_right('spans.first_place', bucket_bits()) }} as begins_in,
        {{ shift_right('spans.next_place - 1', bucket_bits()) }} as ends_in
    from spans
    inner join bands
        on spans.band_key = bands.band_key

),

touched as (

    select
        *,
        {{ unnested_range('ends_in - begins_in + 1', first='begins_in') }} as bucket
    from bucketed

),

buckets as (

    select
        (first_bucket + bucket)::int as bucket_number,
        min(case when bucket = begins_in then span_number - 1 else span_number end)::int as span_before,
        sum(case when bucket = begins_in then {{ shift_left('1::bigint', place_in_bucket('first_place')) }} else 0 end)::bigint as beginnings
    from touched
    group by first_bucket + bucket

)

select * from buckets
