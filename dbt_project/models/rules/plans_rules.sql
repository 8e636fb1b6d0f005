-- Plans against the policy and against what members have.
with

plans as (

    select
        plans.tier,
        plans.monthly_price,
        plans.monthly_quota,
        prices.value as asked_price,
        quotas.value as asked_quota
    from {{ ref('eventhub__plans') }} as plans
    left join {{ ref('policies') }} as prices
        on plans.tier || '_monthly_price' = prices.policy
    left join {{ ref('policies') }} as quotas
        on plans.tier || '_monthly_quota' = quotas.policy

),

rules as (

    select
        tier,
        '$' || replace(monthly_price::string, '.00', '') = replace(asked_price, '.00', '') as price_is_the_policys,
        monthly_quota::string = asked_quota as quota_is_the_policys
    from plans

),

counted as (

    select
        {{ count_violations(id='tier') }},
        {{ duplicate_count('tier') }} as tier_is_unique,
        {{ struct_of({
            'violations': '(select count(distinct tier) from ' ~ ref('eventhub__subscriptions') ~ ' where tier not in (select tier from plans))',
            'example': 'null'
        }) }} as every_tier_has_a_plan
    from rules

)

{{ checked_rules('plans', 'counted') }}
