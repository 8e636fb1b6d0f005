{#- Days whose interest is the unit of nearness. -#}
{%- set unit_days = 100 -%}
{%- set minutes_of_day = 24 * 60 -%}
-- Events that can be booked, that is all but cancelled ones (requirements: no-booking-of-a-cancelled-event), their seats and their popularity. An active event keeps a seat free,
-- or it would be sold out. Popularity is heavy-tailed, grows with the venue, is higher for sold-out events and for near ones, and falls with the price
-- within a category. Events that overlap in time, be it through others between them, are one overlap group: of two groups a user can see both
-- events (requirements: no-two-events-at-once). `season_month` counts the months of a past season back from 1; it is 0 for events to come.
with

offered as (

    select * from {{ ref('int_events__offered') }} where status != 'cancelled'

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

scheduled as (

    select
        *,
        {{ int_div(days('day_number'), 60) }} + substr(start_time, 1, 2)::bigint * 60 + substr(start_time, 4, 2)::bigint as first_minute
    from {{ ref('int_events__scheduled') }}

),

weighted as (

    select
        offered.event_number,
        offered.is_premium,
        offered.total_tickets - (offered.status = 'active')::bigint as seats,
        {{ pareto_draw('event popularity', 'offered.event_number') }} as appeal,
        sqrt(offered.total_tickets::double) as size_factor,
        case offered.status when 'soldout' then {{ var('popularity_of_soldout') }} else 1 end as demand_factor,
        -- a past event has had all its time to sell
        ({{ var('popularity_horizon_days') }} - greatest(scheduled.day_number, 0)) / {{ unit_days }} as nearness_factor,
        (100 - offered.price_rank * {{ var('dearest_loses_percent') }} / 100) / 100 as price_factor,
        scheduled.first_minute,
        scheduled.first_minute + scheduled.duration_minutes as last_minute,
        case when scheduled.day_number < 0 then 1 + {{ month_number('parameters.last_past_date') }} - {{ month_number('(parameters.as_of + scheduled.day_number::integer)') }} else 0 end as season_month
    from offered
    cross join parameters
    inner join scheduled
        on offered.event_number = scheduled.event_number

),

{{ running_totals(
    'followed', 'weighted', {'minute_before': 'last_minute'}, order_by=['first_minute', 'event_number'], cut='first_minute', block_size=minutes_of_day,
    aggregate='max', is_before=true
) }},

started as (

    select
        {{ columns_except(['minute_before']) }},
        (first_minute >= coalesce(minute_before, 0))::bigint as is_first_of_group
    from followed

),

{{ running_totals(
    'counted', 'started', {'groups': 'is_first_of_group'}, order_by=['first_minute', 'event_number'], cut='first_minute', block_size=minutes_of_day
) }},

grouped as (

    select
        event_number,
        is_premium,
        seats,
        greatest(1, {{ whole_weight('appeal * size_factor * demand_factor * nearness_factor * price_factor') }}) as weight,
        groups::bigint as overlap_group,
        season_month
    from counted

)

-- events of one group are booked as of one month, the earlier one
select
    event_number,
    is_premium,
    seats,
    weight,
    overlap_group,
    max(season_month) over (partition by overlap_group) as season_month
from grouped
