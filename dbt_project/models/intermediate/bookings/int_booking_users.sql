-- Who may book, in which window, how much at most and how eagerly (heavy-tailed: a busy few book much more than the rest). Pools have
-- exact shares (requirements: shares-of-bookings). Held bookings are bounded by quota x months; a blocked user's are all cancelled and hold no quota; they were
-- made before the block.
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

classes as (

    select * from {{ ref('int_booking_classes') }}

),

users as (

    select
        subscribed.*,
        dated.started_at as opens_at,
        least(coalesce(dated.ended_at, parameters.as_of_at), coalesce(blocked.blocked_at, parameters.as_of_at), parameters.as_of_at) as closes_at,
        blocked.blocked_at,
        {{ class_number("subscribed.tier = 'premium'", 'subscribed.is_blocked') }} as class_number
    from subscribed
    inner join dated
        on subscribed.user_number = dated.user_number
    left join blocked
        on subscribed.user_number = blocked.user_number
    cross join parameters

),

windows as (

    select
        *,
        case when is_blocked then 'blocked' when status = 'active' then 'active' else 'inactive' end as pool,
        {{ month_number('opens_at') }} as first_month,
        {{ month_number(seconds_after('closes_at', '-1')) }} as last_month
    from users

),

bookers as (

    select
        windows.user_number,
        windows.pool,
        windows.class_number,
        windows.monthly_quota,
        {{ epoch_seconds('windows.opens_at') }} as opens_second,
        {{ epoch_seconds('windows.closes_at') }} as closes_second,
        {{ epoch_seconds('windows.blocked_at') }} as blocked_second,
        windows.last_month,
        windows.last_month - windows.first_month + 1 as month_count,
        classes.bands,
        case
            when windows.is_blocked then classes.bands
            else least(windows.monthly_quota * (windows.last_month - windows.first_month + 1), classes.bands)
        end as capacity,
        {{ whole_weight(pareto_draw('user activity', 'windows.user_number')) }} as weight
    from windows
    inner join classes
        on windows.class_number = classes.class_number

)

select * from bookers
