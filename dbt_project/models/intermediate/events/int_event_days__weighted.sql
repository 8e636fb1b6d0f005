-- `day_number` is 1 on the day after as_of and negative in a past season; `season_day` counts from 1 within the season.
with

days as (

    select
        false as is_past,
        numbers.number as season_day,
        numbers.number as day_number,
        (parameters.as_of + numbers.number::integer)::date as event_date
    from {{ ref('int_parameters') }} as parameters
    inner join {{ ref('int_numbers') }} as numbers
        on (parameters.as_of + numbers.number::integer) <= parameters.last_event_date
    union all
    select
        true as is_past,
        numbers.number as season_day,
        {{ days_between('parameters.as_of', 'parameters.first_past_date') }} + numbers.number - 1 as day_number,
        (parameters.first_past_date + numbers.number::integer - 1)::date as event_date
    from {{ ref('int_parameters') }} as parameters
    inner join {{ ref('int_numbers') }} as numbers
        on (parameters.first_past_date + numbers.number::integer - 1) <= parameters.last_past_date

),

weighted as (

    select
        days.*,
        shares.share as places,
        sum(shares.share) over (partition by days.is_past order by days.day_number) as places_up_to
    from days
    inner join {{ ref('shares') }} as shares
        on shares.attribute = 'event_weekday' and shares.value = {{ iso_weekday('days.event_date') }}::string

)

select
    weighted.is_past,
    weighted.season_day,
    weighted.day_number,
    weighted.event_date,
    (weighted.places_up_to - weighted.places + numbers.number - 1)::bigint as place
from weighted
inner join {{ ref('int_numbers') }} as numbers
    on numbers.number <= weighted.places
