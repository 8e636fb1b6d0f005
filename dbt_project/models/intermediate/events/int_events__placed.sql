-- depends_on: {{ ref('int_row_targets') }}
with

events as (

    select * from {{ ref('int_events__named') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

identified_venues as (

    select * from {{ ref('int_venues__identified') }}

),

venues as (

    select
        *,
        row_number() over (partition by event_category order by venue_number) - 1 as venue_rank,
        count(*) over (partition by event_category) as venue_count
    from identified_venues

),

counts as (

    select distinct event_category, venue_count from venues

),

ranked as (

    select
        events.*,
        counts.venue_count,
        row_number() over (partition by events.category order by events.event_number) - 1 as category_rank
    from events
    inner join counts
        on events.category = counts.event_category

),

-- an offset is drawn from far more numbers than a category has venues, so that each of them is as likely
rounds as (

    select
        *,
        {{ draw_below('venue round', int_div('category_rank', 'venue_count'), 1000000) }} as round_offset
    from ranked

),

dealt as (

    select
        *,
        {{ rotated('category_rank % venue_count', 'round_offset', 'venue_count') }} as venue_rank
    from rounds

),

placed as (

    select
        dealt.event_number,
        {{ sequential_id('e', 'dealt.event_number') }} as event_id,
        venues.venue_number,
        venues.venue_id,
        venues.name as venue_name,
        venues.neighborhood,
        venues.city,
        venues.capacity,
        dealt.title,
        dealt.description,
        dealt.category,
        dealt.event_number > parameters.events as is_past
    from dealt
    inner join venues
        on dealt.category = venues.event_category and dealt.venue_rank = venues.venue_rank
    cross join parameters

)

select * from placed
