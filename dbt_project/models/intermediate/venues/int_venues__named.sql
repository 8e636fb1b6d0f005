-- Landed venues first, unchanged; beyond them the landed ones again, round by round, as further rooms with a name and a street number of their own.
with

landed_venues as (

    select * from {{ ref('stg_venues') }}

),

series_names as (

    select * from {{ ref('series_names') }}

),

venues as (

    select
        *,
        count(*) over () as landed_venues
    from landed_venues

),

numbered as (

    {{ numbered_rows('venues') }}

),

rooms as (

    select name, number - 1 as room_rank, count(*) over () as room_count
    from series_names
    where kind = 'venue'

),

rounds as (

    select
        numbered.number as venue_number,
        (numbered.number - 1) % landed.landed_venues + 1 as source_number,
        {{ int_div('numbered.number - 1', 'landed.landed_venues') }} as round_number,
        landed.room_count
    from numbered
    cross join (select any_value(landed_venues) as landed_venues, (select any_value(room_count) from rooms) as room_count from venues) as landed

),

placed as (

    select
        *,
        (round_number + room_count - 1) % room_count as room_rank,
        {{ int_div('round_number - 1', 'room_count') }} + 1 as room_series
    from rounds

),

named as (

    select
        placed.venue_number,
        case
            when placed.round_number = 0 then venues.name
            else venues.name || ' ' || rooms.name || case when placed.room_series > 1 then ' ' || placed.room_series else '' end
        end as name,
        case
            when placed.round_number = 0 then venues.address
            else regexp_replace(venues.address, '^[0-9]+', (regexp_extract(venues.address, '^[0-9]+')::bigint + 2 * placed.round_number)::varchar)
        end as address,
        venues.neighborhood,
        venues.city,
        venues.region,
        venues.category
    from placed
    inner join venues
        on placed.source_number = venues.venue_number
    inner join rooms
        on placed.room_rank = rooms.room_rank

)

select * from named
