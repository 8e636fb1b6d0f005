-- A venue's events share out the six months: each has its own stretch of days and a day in it that follows the weekdays' weights,
-- so no venue has two events on one day as long as it has fewer events than days (requirements: events-in-the-next-six-months).
with

events as (

    select * from {{ ref('int_events__placed') }}

),

cards as (

    select * from {{ ref('int_share_cards') }} where block_size = 100

),

places as (

    select * from {{ ref('int_event_days__weighted') }}

),

days as (

    select
        day_number,
        min(place) as first_place,
        max(place) + 1 as next_place,
        max(day_number) over () as day_count
    from places
    group by day_number

),

durations as (

    select * from {{ ref('event_categories') }}

),

ranked as (

    select
        *,
        row_number() over (partition by venue_number order by {{ draw('venue calendar', 'event_number') }}, event_number) - 1 as venue_rank,
        count(*) over (partition by venue_number) as venue_events
    from events

),

stretched as (

    select
        ranked.*,
        1 + {{ int_div('venue_rank * day_count', 'venue_events') }} as first_day,
        greatest({{ int_div('(venue_rank + 1) * day_count', 'venue_events') }}, 1 + {{ int_div('venue_rank * day_count', 'venue_events') }}) as last_day
    from ranked
    cross join (select any_value(day_count) as day_count from days) as span

),

placed as (

    select
        stretched.*,
        first_days.first_place + {{ draw_below('event day', 'event_number', 'last_days.next_place - first_days.first_place') }} as place,
        {{ draw_below('start time', 'event_number', 100) }} as start_card
    from stretched
    inner join days as first_days
        on stretched.first_day = first_days.day_number
    inner join days as last_days
        on stretched.last_day = last_days.day_number

),

scheduled as (

    select
        placed.event_number,
        places.event_date,
        places.day_number,
        cards.value as start_time,
        durations.duration_min,
        durations.duration_step,
        {{ draw_below('event duration', 'placed.event_number', '1 + ' ~ int_div('durations.duration_max - durations.duration_min', 'durations.duration_step')) }} as duration_steps
    from placed
    inner join places
        on placed.place = places.place
    inner join cards
        on cards.attribute = 'start_time:' || placed.category and placed.start_card = cards.card
    inner join durations
        on placed.category = durations.category

)

select
    event_number,
    event_date,
    day_number,
    start_time,
    duration_min + duration_step * duration_steps as duration_minutes
from scheduled
