{#- What a user may make is cut by up to so many per cent, in steps, where the pool has this part of its room, in per cent, over. -#}
{%- set most_cut_percent = 67 -%}
{%- set cut_steps = 16 -%}
{%- set room_percent = 130 -%}
{%- set pools = ['active', 'inactive', 'blocked'] -%}
{#- The last second of a window, which ends before closes_at. -#}
{%- set last_at = seconds_after('closes_at', '-1') -%}
{#- The activity of the least active, where the mean is about 1. -#}
{%- set least_activity = 0.04 -%}
-- Who may book, in which window, how much at most and how eagerly: many hardly ever, a busy few much more than the rest, and those who live far away less
-- than locals (seed cities). Pools have exact shares (requirements: shares-of-bookings). Held bookings are bounded by quota x months; a blocked user's are
-- all cancelled and hold no quota; they were made before the block. How many one makes at most differs from user to user as far as the pool has room
-- for it, so that not all of the busiest stop at the same number.
with

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

dated as (

    select * from {{ ref('int_users__dated') }}

),

blocked as (

    select * from {{ ref('int_users__blocked') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

-- most windows end at as_of: the month of its last second is worked out once
latest_end as (

    select
        as_of_at,
        {{ month_number(seconds_after('as_of_at', '-1')) }} as as_of_month,
        {{ month_days_over(seconds_after('as_of_at', '-1')) }} as as_of_month_days
    from parameters

),

classes as (

    select * from {{ ref('int_booking_classes') }}

),

pool_targets as (

    select value as pool, row_count as target from {{ ref('int_share_targets') }} where attribute = 'reservation_pool'

),

users as (

    select
        subscribed.*,
        dated.started_at as opens_at,
        least(coalesce(dated.ended_at, latest_end.as_of_at), coalesce(blocked.blocked_at, latest_end.as_of_at), latest_end.as_of_at) as closes_at,
        latest_end.as_of_at,
        latest_end.as_of_month,
        latest_end.as_of_month_days,
        blocked.blocked_at,
        {{ class_number("subscribed.tier = 'premium'", 'subscribed.is_blocked') }} as class_number
    from subscribed
    inner join dated
        on subscribed.user_number = dated.user_number
    left join blocked
        on subscribed.user_number = blocked.user_number
    cross join latest_end

),

windows as (

    select
        *,
        case when is_blocked then {{ enum_value('blocked', pools) }} when status = 'active' then {{ enum_value('active', pools) }} else {{ enum_value('inactive', pools) }} end as pool,
        {{ month_number('opens_at') }} as first_month,
        case when closes_at = as_of_at then as_of_month else {{ month_number(last_at) }} end as last_month,
        case when closes_at = as_of_at then as_of_month_days else {{ month_days_over(last_at) }} end as last_month_days
    from users

),

-- the last month counts for the days of it that are over; what fits into one quota may be made at any time
bounded as (

    select
        windows.*,
        classes.bands,
        windows.last_month - windows.first_month + 1 as month_count,
        case
            when windows.is_blocked then classes.bands
            else least(
                greatest(windows.monthly_quota, {{ int_div('windows.monthly_quota * (' ~ longest_month_days() ~ ' * (windows.last_month - windows.first_month) + windows.last_month_days)', longest_month_days()) }}),
                classes.bands
            )
        end as most_bookings
    from windows
    inner join classes
        on windows.class_number = classes.class_number

),

pools as (

    select pool, sum(most_bookings) as most_bookings
    from bounded
    group by pool

),

cuts as (

    select
        pools.pool,
        greatest(0, least({{ most_cut_percent }}, 200 - {{ int_div(2 * room_percent ~ ' * pool_targets.target', 'pools.most_bookings') }}))::bigint as cut_percent
    from pools
    inner join pool_targets
        on pools.pool = pool_targets.pool

),

bookers as (

    select
        bounded.user_number,
        bounded.pool,
        bounded.class_number,
        bounded.monthly_quota,
        {{ epoch_seconds('bounded.opens_at') }} as opens_second,
        {{ epoch_seconds('bounded.closes_at') }} as closes_second,
        {{ epoch_seconds('bounded.blocked_at') }} as blocked_second,
        bounded.last_month,
        bounded.last_month_days,
        bounded.month_count,
        (bounded.most_bookings - {{ int_div('bounded.most_bookings * cuts.cut_percent * ' ~ draw_below('most bookings', 'bounded.user_number', cut_steps, is_short_key=true), 100 * cut_steps) }})::bigint as capacity,
        greatest(1, {{ whole_weight('(' ~ pareto_draw('user activity', 'bounded.user_number', steps=64, is_short_key=true) ~ ' - 1 + ' ~ least_activity ~ ') * bounded.booking_percent / 20') }}) as weight
    from bounded
    inner join cuts
        on bounded.pool = cuts.pool

)

select * from bookers
