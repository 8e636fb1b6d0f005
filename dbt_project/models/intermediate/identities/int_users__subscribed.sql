-- Tier, status and block of each user: exact in every block of 100 users (guide 9.1).
with

users as (

    select * from {{ ref('int_users__identified') }}

),

parameters as (

    select * from {{ ref('parameters') }}

),

cards as (

    select * from {{ ref('share_cards') }}

),

policies as (

    select * from {{ ref('policy_values') }}

),

sized as (

    select
        users.user_number,
        {{ block_size('users.user_number', 'parameters.users') }} as block_size
    from users
    cross join parameters

),

dealt as (

    select
        user_number,
        block_size,
        {{ dealt_card('user tier', 'user_number', 'block_size') }} as tier_card,
        {{ dealt_card('subscription status', 'user_number', 'block_size') }} as status_card,
        {{ dealt_card('user blocked', 'user_number', 'block_size') }} as blocked_card
    from sized

),

subscribed as (

    select
        dealt.user_number,
        tiers.value as tier,
        statuses.value as status,
        case tiers.value when 'premium' then policies.premium_monthly_quota else policies.basic_monthly_quota end as monthly_quota,
        blocks.value = 'true' as is_blocked
    from dealt
    cross join policies
    inner join cards as tiers
        on tiers.attribute = 'user_tier' and dealt.block_size = tiers.block_size and dealt.tier_card = tiers.card
    inner join cards as statuses
        on statuses.attribute = 'subscription_status' and dealt.block_size = statuses.block_size and dealt.status_card = statuses.card
    inner join cards as blocks
        on blocks.attribute = 'is_blocked' and dealt.block_size = blocks.block_size and dealt.blocked_card = blocks.card

)

select * from subscribed
