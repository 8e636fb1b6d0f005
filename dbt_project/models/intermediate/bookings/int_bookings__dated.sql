-- When each booking was made. Up to a month's quota of bookings may fall anywhere, so they bunch near now, the more so the nearer the event is. A user
-- with more spreads them over the latest months that hold them: the k-th of n over m months falls k * m div n months back, so no month gets more than
-- n / m rounded up, which is at most the quota. A pending booking is younger than the hold of its payment.
with

bookings as (

    select
        stated.*,
        policies.pending_hold_hours,
        {{ draw_unit('booking moment', 'stated.booking_number') }} as moment_draw,
        {{ waking_seconds('booking hour', 'stated.booking_number') }} as second_of_day,
        stated.pool = 'blocked' or stated.booking_count <= stated.monthly_quota as is_free,
        least(stated.month_count, {{ whole('stated.booking_count * 3', 'stated.monthly_quota * 2') }} + 2) as spread_months
    from {{ ref('int_bookings__stated') }} as stated
    cross join {{ ref('policy_values') }} as policies

),

months as (

    select
        *,
        last_month - {{ whole('slot_rank * spread_months', 'booking_count') }} as month_of_booking
    from bookings

),

windows as (

    select
        * exclude (opens_at, closes_at),
        case
            when status = 'pending' then greatest(opens_at, {{ month_start('last_month') }}, {{ seconds_after('closes_at', '-3600 * (pending_hold_hours - 2)') }})
            when is_free then greatest(opens_at, {{ seconds_after('closes_at', '-86400 * (' ~ var('booking_reach_days') ~ ' + ' ~ var('booking_reach_per_day_ahead') ~ ' * day_number)') }})
            else greatest(opens_at, {{ month_start('month_of_booking') }})
        end as earliest_at,
        case
            when status = 'pending' or is_free then closes_at
            else least(closes_at, {{ month_start('month_of_booking + 1') }})
        end as latest_at
    from months

),

drawn as (

    select
        *,
        {{ seconds_after('latest_at', '-1 - floor(' ~ seconds_between('earliest_at', 'latest_at') ~ ' * case when is_free then moment_draw * moment_draw * moment_draw else moment_draw end)') }} as drawn_at
    from windows

),

wakened as (

    select
        *,
        {{ seconds_after("date_trunc('day', drawn_at)", 'second_of_day') }} as wakened_at
    from drawn

)

select
    * exclude (drawn_at, wakened_at, earliest_at, latest_at, moment_draw, second_of_day, spread_months, month_of_booking, is_free),
    case when wakened_at >= earliest_at and wakened_at < latest_at then wakened_at else greatest(drawn_at, earliest_at) end as created_at
from wakened
