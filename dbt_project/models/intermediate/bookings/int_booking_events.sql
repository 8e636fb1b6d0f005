{#- Days whose interest is the unit of nearness. -#}
{%- set unit_days = 100 -%}
-- Events that can be booked, that is all but cancelled ones (requirements: no-booking-of-a-cancelled-event), their seats and their popularity. An active event keeps a seat free,
-- or it would be sold out. Popularity is heavy-tailed, grows with the venue, is higher for sold-out events and for near ones.
with

offered as (

    select * from {{ ref('int_events__offered') }} where status != 'cancelled'

),

weighted as (

    select
        offered.event_number,
        offered.is_premium,
        offered.total_tickets - (offered.status = 'active')::bigint as seats,
        {{ pareto_draw('event popularity', 'offered.event_number') }} as appeal,
        sqrt(offered.total_tickets::double) as size_factor,
        case offered.status when 'soldout' then {{ var('popularity_of_soldout') }} else 1 end as demand_factor,
        ({{ var('popularity_horizon_days') }} - scheduled.day_number) / {{ unit_days }} as nearness_factor
    from offered
    inner join {{ ref('int_events__scheduled') }} as scheduled
        on offered.event_number = scheduled.event_number

)

select
    event_number,
    is_premium,
    seats,
    greatest(1, {{ whole_weight('appeal * size_factor * demand_factor * nearness_factor') }}) as weight
from weighted
