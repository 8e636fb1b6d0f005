-- When each booking was made. Up to a month's quota of bookings may fall anywhere, so they bunch near now, the more so the nearer the event is. A user
-- with more spreads them over the latest months that hold them: the k-th of n over m months falls k * m div n months back, so no month gets more than
-- n / m rounded up, which is at most the quota. A pending booking is younger than the hold of its payment. All in whole seconds since 1970.
with

bookings as (

    select
        stated.*,
        policies.pending_hold_hours,
        stated.status = {{ enum_value('pending', ['confirmed', 'cancelled', 'pending']) }} as is_pending,
        {{ is_blocked_class('stated.class_number') }} or stated.booking_count <= stated.monthly_quota as is_free,
        least(stated.month_count, {{ int_div('stated.booking_count * 3', 'stated.monthly_quota * 2') }} + 2) as spread_months
    from {{ ref('int_bookings__with_status') }} as stated
    cross join {{ ref('int_policy_values') }} as policies

),

spread as (

    select
        *,
        last_month - case when is_pending then 0 else {{ int_div('slot_rank * spread_months', 'booking_count') }} end as booking_month
    from bookings

),

-- the latest ten years: a window is two at most
months as (

    select
        {{ month_number('as_of') }} + 1 - number as month_number,
        {{ epoch_seconds(month_start(month_number('as_of') ~ ' + 1 - number')) }} as first_second,
        {{ epoch_seconds(month_start(month_number('as_of') ~ ' + 2 - number')) }} as next_second
    from {{ ref('int_parameters') }}
    cross join {{ ref('int_numbers') }}
    where number <= 120

),

windows as (

    select
        spread.* exclude (booking_month, spread_months, month_count, last_month, monthly_quota, opens_second, closes_second, pending_hold_hours, is_pending),
        greatest(spread.opens_second, case
            when spread.is_pending then greatest(months.first_second, spread.closes_second - 3600 * (spread.pending_hold_hours - 2))
            when spread.is_free then spread.closes_second - 86400 * ({{ var('booking_reach_days') }} + {{ var('booking_reach_per_day_ahead') }} * spread.day_number)
            else months.first_second
        end) as earliest_second,
        case when spread.is_pending or spread.is_free then spread.closes_second else least(spread.closes_second, months.next_second) end as latest_second
    from spread
    inner join months
        on spread.booking_month = months.month_number

),

drawn as (

    select
        *,
        {{ draw_unit('booking moment', 'booking_number') }} as moment_draw,
        {{ draw_daytime_second('booking hour', 'booking_number') }} as second_of_day
    from windows

),

placed as (

    select
        * exclude (moment_draw),
        latest_second - 1 - floor((latest_second - earliest_second) * case when is_free then moment_draw * moment_draw * moment_draw else moment_draw end)::bigint as drawn_second
    from drawn

),

wakened as (

    select
        *,
        {{ int_div('drawn_second', 86400) }} * 86400 + second_of_day as waking_second
    from placed

),

settled as (

    select
        * exclude (earliest_second, latest_second, drawn_second, waking_second, second_of_day, is_free),
        case when waking_second >= earliest_second and waking_second < latest_second then waking_second else greatest(drawn_second, earliest_second) end as created_second
    from wakened

)

select
    *,
    {{ from_epoch_seconds('created_second') }} as created_at
from settled
