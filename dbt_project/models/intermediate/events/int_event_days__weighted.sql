-- The six months after as_of as a line of places: each day holds as many places as its weekday has weight, so that a place drawn
-- at random falls on weekdays in proportion. `day_number` counts from 1, the day after as_of.
with

days as (

    select
        numbers.number as day_number,
        (parameters.as_of + numbers.number::integer)::date as event_date
    from {{ ref('int_parameters') }} as parameters
    inner join {{ ref('int_numbers') }} as numbers
        on (parameters.as_of + numbers.number::integer) <= parameters.last_event_date

),

weighted as (

    select
        days.*,
        shares.share as places,
        sum(shares.share) over (order by days.day_number) as places_up_to
    from days
    inner join {{ ref('shares') }} as shares
        on shares.attribute = 'event_weekday' and shares.value = isodow(days.event_date)::varchar

)

select
    weighted.day_number,
    weighted.event_date,
    (weighted.places_up_to - weighted.places + numbers.number - 1)::bigint as place
from weighted
inner join {{ ref('int_numbers') }} as numbers
    on numbers.number <= weighted.places
