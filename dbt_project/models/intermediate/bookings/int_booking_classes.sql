-- Four classes of bookers: 0 basic, 1 premium, 2 and 3 the blocked ones. A class books among its own events
-- (requirements: premium-events-for-premium-members) and assigns its bookings to bands of them. A user's bookings lie in different bands, so bands bound them.
-- Events that overlap share a band, so there are no more bands than groups of these; a blocked user's bookings are all cancelled and may overlap. In a past season basic and premium
-- users are two classes a month, from 4 on: what they book in a month is counted by the month (int_booking_users__past).
with

events as (

    select * from {{ ref('int_booking_events') }}

),

classes as (

    select number - 1 as class_number from {{ ref('int_numbers') }} where number <= {{ 6 + 2 * var('past_months') | int }}

),

counted as (

    select
        classes.class_number,
        {{ is_premium_class('classes.class_number') }} as is_premium_class,
        {{ is_blocked_class('classes.class_number') }} as is_blocked_class,
        {{ season_month('classes.class_number') }} as season_month,
        count(*) as event_count,
        case
            when {{ is_blocked_class('classes.class_number') }} then least({{ var('most_bookings_per_blocked_user') }}, count(*))
            else greatest(1, least({{ var('most_bookings_per_user') }}, {{ int_div('count(*)', least_events_per_band()) }}, count(distinct events.overlap_group)))
        end as bands
    from classes
    inner join events
        on ({{ is_premium_class('classes.class_number') }} or not events.is_premium)
        and {{ season_month('classes.class_number') }} = events.season_month
    group by classes.class_number

)

select
    *,
    coalesce(sum(bands) over (order by class_number rows between unbounded preceding and 1 preceding), 0)::bigint as first_band
from counted
