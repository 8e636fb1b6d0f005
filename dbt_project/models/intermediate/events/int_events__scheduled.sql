-- A venue's events of a season divide its months among them: each has its own stretch of days and a day in it that follows the weekdays' weights,
-- so no venue has two events on one day as long as it has fewer events than days (requirements: events-in-the-next-six-months).
with

events as (

    select * from {{ ref('int_events__placed') }}

),

places as (

    select * from {{ ref('int_event_days__weighted') }}

),

event_categories as (

    select * from {{ ref('event_categories') }}

),

share_cards as (

    select * from {{ ref('int_share_cards') }}

),

cards as (

    select * from share_cards where block_size = 100

),

durations as (

    select
        category,
        duration_min,
        duration_step,
        1 + {{ int_div('duration_max - duration_min', 'duration_step') }} as duration_count
    from event_categories

),

days as (

    select
        is_past,
        season_day,
        min(place) as first_place,
        max(place) + 1 as next_place
    from places
    group by is_past, season_day

),

calendar as (

    select
        is_past,
        max(season_day) as day_count
    from days
    group by is_past

),

ranked as (

    select
        *,
        row_number() over (partition by venue_number, is_past order by {{ draw('venue calendar', 'event_number') }}, event_number) - 1 as venue_rank,
        count(*) over (partition by venue_number, is_past) as venue_events
    from events

),

stretched as (

    select
        ranked.*,
        1 + {{ int_div('venue_rank * day_count', 'venue_events') }} as first_day,
        {{ int_div('(venue_rank + 1) * day_count', 'venue_events') }} as last_day
    from ranked
    inner join calendar
        on ranked.is_past = calendar.is_past

),

spans as (

    select
        stretched.*,
        first_days.first_place,
        last_days.next_place - first_days.first_place as place_count
    from stretched
    inner join days as first_days
        on stretched.is_past = first_days.is_past and stretched.first_day = first_days.season_day
    inner join days as last_days
        on stretched.is_past = last_days.is_past and greatest(stretched.last_day, stretched.first_day) = last_days.season_day

),

placed as (

    select
        *,
        first_place + {{ draw_below('event day', 'event_number', 'place_count') }} as place,
        {{ draw_below('start time', 'event_number', 100) }} as start_card
    from spans

),

scheduled as (

    select
        placed.event_number,
        places.event_date,
        places.day_number,
        cards.value as start_time,
        durations.duration_min,
        durations.duration_step,
        {{ draw_below('event duration', 'placed.event_number', 'durations.duration_count') }} as duration_steps
    from placed
    inner join places
        on placed.is_past = places.is_past and placed.place = places.place
    inner join cards
        on cards.attribute = 'start_time:' || placed.category and placed.start_card = cards.card
    inner join durations
        on placed.category = durations.category

),

timed as (

    select
        event_number,
        event_date,
        day_number,
        start_time,
        duration_min + duration_step * duration_steps as duration_minutes
    from scheduled

)

select * from timed
