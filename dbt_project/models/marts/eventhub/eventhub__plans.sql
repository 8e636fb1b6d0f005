-- What each tier costs and allows a month, from the policy (requirements: price-of-a-plan).
with

policies as (

    select * from {{ ref('int_policy_values') }}

),

plans as (

    select
        'basic' as tier,
        basic_monthly_price as monthly_price,
        basic_monthly_quota as monthly_quota
    from policies
    union all
    select
        'premium' as tier,
        premium_monthly_price as monthly_price,
        premium_monthly_quota as monthly_quota
    from policies

)

select * from plans
