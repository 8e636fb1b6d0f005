-- When and why a blocked account was blocked: after its subscription began, at an hour of the day where there is room for it, and mostly of late
-- (requirements: blocked-members-have-a-day-and-a-reason).
with

dated as (

    select * from {{ ref('int_users__dated') }}

),

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

cards as (

    select * from {{ ref('int_share_cards') }}

),

members as (

    select
        dated.user_number,
        dated.started_at,
        parameters.as_of_at,
        {{ seconds_between('dated.started_at', 'parameters.as_of_at') }} as life_seconds,
        {{ draw_below('block moment', 'dated.user_number', 1000) }} as moment_draw,
        {{ draw_below('block reason', 'dated.user_number', 100) }} as reason_card,
        {{ draw_daytime_second('block hour', 'dated.user_number') }} as second_of_day
    from dated
    inner join subscribed
        on dated.user_number = subscribed.user_number
    cross join parameters
    where subscribed.is_blocked

),

-- none younger than a fiftieth of the subscription's life, none in its first sixth
drawn as (

    select
        *,
        {{ seconds_after('as_of_at', '-' ~ int_div('life_seconds', 50)) }} as latest_at,
        {{ seconds_after('as_of_at', '-(' ~ int_div('life_seconds', 50) ~ ' + ' ~ int_div('moment_draw * moment_draw * least(' ~ days(var('latest_blocks_days')) ~ ', ' ~ int_div('4 * life_seconds', 5) ~ ')', 1000000) ~ ')') }} as drawn_at
    from members

),

wakened as (

    select
        *,
        {{ seconds_after(start_of('day', 'drawn_at'), 'second_of_day') }} as wakened_at
    from drawn

),

reasons as (

    select card, value as blocked_reason from cards where attribute = 'block_reason' and block_size = 100

),

blocked as (

    select
        wakened.user_number,
        case
            when wakened.wakened_at <= wakened.latest_at and wakened.wakened_at > {{ seconds_after('wakened.started_at', int_div('wakened.life_seconds', 6)) }} then wakened.wakened_at
            else wakened.drawn_at
        end as blocked_at,
        reasons.blocked_reason
    from wakened
    inner join reasons
        on wakened.reason_card = reasons.card

)

select * from blocked
