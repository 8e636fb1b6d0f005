-- Everything support says, with the house's constants filled in: replies by scenario, and phrases for all.
with

replies as (

    select scenario, role, role as kind, variant, text from {{ ref('support_replies') }}

),

phrases as (

    select null as scenario, null as role, coalesce(trigger, kind) as kind, variant, text from {{ ref('support_phrases') }}

),

said as (

    select scenario, case role when 'asks' then 'asks' else role || '_answer' end as kind, variant, text from replies
    union all
    select scenario, kind, variant, text from phrases where kind != 'asks'
    union all
    -- a question that fits every scenario is asked beside the scenario's own
    select scenarios.scenario, phrases.kind, 100 + phrases.variant, phrases.text
    from phrases
    cross join {{ ref('support_scenarios') }} as scenarios
    where phrases.kind = 'asks'

)

select
    coalesce(scenario, '') as scenario,
    kind,
    row_number() over (partition by scenario, kind order by variant) - 1 as variant,
    count(*) over (partition by scenario, kind) as variant_count,
    {{ filled_policies('text') }} as text
from said
