-- Tier, status and block do not depend on each other: each has a permutation of its own (the purpose), so that each is exact in a block of users, and no pair
-- of values is favoured (requirements: shares-of-members).
with

users as (

    select * from {{ ref('int_users__named') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

cards as (

    select * from {{ ref('int_share_cards') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

cities as (

    select city, booking_percent from {{ ref('cities') }}

),

sized as (

    select
        users.user_number,
        cities.booking_percent,
        {{ block_size('users.user_number', 'parameters.users') }} as block_size
    from users
    inner join cities
        on users.city = cities.city
    cross join parameters

),

dealt as (

    select
        user_number,
        booking_percent,
        block_size,
        {{ card_key('block_size', assigned_card('user tier', 'user_number', 'block_size')) }} as tier_key,
        {{ card_key('block_size', assigned_card('subscription status', 'user_number', 'block_size')) }} as status_key,
        {{ card_key('block_size', assigned_card('user blocked', 'user_number', 'block_size')) }} as blocked_key
    from sized

),

subscribed as (

    select
        dealt.user_number,
        tiers.value as tier,
        statuses.value as status,
        case tiers.value when 'premium' then policies.premium_monthly_quota else policies.basic_monthly_quota end as monthly_quota,
        blocks.value = 'true' as is_blocked,
        dealt.booking_percent
    from dealt
    cross join policies
    inner join cards as tiers
        on tiers.attribute = 'user_tier' and dealt.tier_key = tiers.card_key
    inner join cards as statuses
        on statuses.attribute = 'subscription_status' and dealt.status_key = statuses.card_key
    inner join cards as blocks
        on blocks.attribute = 'is_blocked' and dealt.blocked_key = blocks.card_key

)

select * from subscribed
