with

identified as (

    select * from {{ ref('int_users__identified') }}

),

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

dated as (

    select * from {{ ref('int_users__settled') }}

),

blocked as (

    select * from {{ ref('int_users__blocked') }}

),

users as (

    select
        identified.user_id,
        identified.full_name,
        identified.email,
        identified.phone,
        identified.city,
        subscribed.tier as subscription_tier,
        subscribed.status as subscription_status,
        subscribed.monthly_quota,
        subscribed.is_blocked,
        dated.created_at,
        dated.created_at as joined_at,
        dated.started_at as subscription_started_at,
        dated.ended_at as subscription_ended_at,
        blocked.blocked_at,
        blocked.blocked_reason,
        identified.user_number
    from identified
    inner join subscribed
        on identified.user_number = subscribed.user_number
    inner join dated
        on identified.user_number = dated.user_number
    left join blocked
        on identified.user_number = blocked.user_number

)

select {{ columns_except(['user_number']) }} from users
order by user_number
