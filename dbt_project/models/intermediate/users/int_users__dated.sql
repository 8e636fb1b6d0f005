-- The youngest account is old enough for what happened to it, so no status has to be changed afterwards (requirements: account-before-subscription).
with

users as (

    select * from {{ ref('int_users__subscribed') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

drawn as (

    select
        users.user_number,
        users.status,
        parameters.as_of_at,
        case users.status when 'active' then {{ var('youngest_active_days') }} else {{ var('youngest_ended_days') }} end as youngest_days,
        {{ draw_unit('account age', 'users.user_number') }} as age_draw,
        {{ draw_unit('subscription delay', 'users.user_number') }} as delay_draw,
        {{ draw_unit('subscription end', 'users.user_number') }} as end_draw,
        {{ draw_daytime_second('account hour', 'users.user_number') }} as second_of_day
    from users
    cross join parameters

),

-- more recent accounts than old ones, as the club grows: the mean of a draw and its square
aged as (

    select
        *,
        youngest_days + {{ nearest_integer('(' ~ oldest_account_days() ~ ' - youngest_days) * (age_draw + age_draw * age_draw) / 2') }} as age_days
    from drawn

),

opened as (

    select
        *,
        {{ seconds_after('as_of_at', days('-age_days') ~ ' + second_of_day') }} as created_at
    from aged

),

-- a subscription begins in the first quarter of its account's life, and mostly at once
delayed as (

    select
        *,
        least({{ days(var('subscription_delay_days')) }}, {{ int_div(seconds_between('created_at', 'as_of_at'), 4) }}) as longest_delay
    from opened

),

drawn_delays as (

    select
        *,
        delay_draw * delay_draw * delay_draw * longest_delay as delay_seconds
    from delayed

),

started as (

    select
        *,
        {{ seconds_after('created_at', 'delay_seconds') }} as started_at
    from drawn_delays

),

lived as (

    select
        *,
        {{ seconds_between('started_at', 'as_of_at') }} as life_seconds
    from started

),

-- most endings are recent, but none younger than a fiftieth of the subscription's life, nor older than that and four fifths
measured as (

    select
        *,
        life_seconds * 0.02 as shortest_end,
        least({{ days(var('latest_endings_days')) }}, 0.8 * life_seconds) as longest_end
    from lived

),

drawn_ends as (

    select
        *,
        shortest_end + end_draw * end_draw * longest_end as end_seconds
    from measured

),

ended as (

    select
        *,
        case when status != 'active' then {{ seconds_after('as_of_at', '-end_seconds') }} end as ended_at
    from drawn_ends

),

dated as (

    select
        user_number,
        created_at,
        started_at,
        ended_at
    from ended

)

select * from dated
