-- Landed events first, unchanged; beyond them the landed ones again, round by round, as a series under titles of their own, at other dates and venues. Those of a past
-- season come last, go on with the rounds, and are named as earlier dates.
with

parameters as (

    select * from {{ ref('int_parameters') }}

),

landed_events as (

    select * from {{ ref('stg_events') }}

),

series_names as (

    select * from {{ ref('series_names') }}

),

events as (

    select
        *,
        count(*) over () as landed_events
    from landed_events

),

numbered as (

    {{ numbered_rows('all_events') }}

),

series as (

    select
        kind = 'past_event' as is_past,
        name,
        number - 1 as series_rank,
        count(*) over (partition by kind) as series_count
    from series_names
    where kind in ('event', 'past_event')

),

seasons as (

    select
        numbered.number as event_number,
        landed.landed_events,
        numbered.number > parameters.events as is_past,
        -- a past season begins with round 1: round 0 is the landed events themselves
        case when numbered.number > parameters.events then parameters.events - landed.landed_events else 0 end as numbers_before
    from numbered
    cross join parameters
    cross join (select any_value(landed_events) as landed_events from events) as landed

),

rounds as (

    select
        seasons.event_number,
        seasons.is_past,
        (seasons.event_number - 1) % seasons.landed_events + 1 as source_number,
        {{ int_div('seasons.event_number - 1 - seasons.numbers_before', 'seasons.landed_events') }} as round_number,
        counts.series_count
    from seasons
    inner join (select distinct is_past, series_count from series) as counts
        on seasons.is_past = counts.is_past

),

placed as (

    select
        *,
        (round_number + series_count - 1) % series_count as series_rank,
        {{ int_div('round_number - 1', 'series_count') }} + 1 as series_number
    from rounds

),

named as (

    select
        placed.event_number,
        case
            when placed.round_number = 0 then events.title
            else events.title || ' (' || series.name || case when placed.series_number > 1 then ' ' || placed.series_number else '' end || ')'
        end as title,
        events.description,
        events.category
    from placed
    inner join events
        on placed.source_number = events.event_number
    inner join series
        on placed.is_past = series.is_past and placed.series_rank = series.series_rank

)

select * from named
