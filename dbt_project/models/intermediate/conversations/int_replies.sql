{#- Variants of shared questions come after a scenario's own. -#}
{%- set shared_from = 100 -%}
-- Everything support says, with EventHub's policy constants filled in: replies by scenario, and phrases for all.
with

support_replies as (

    select * from {{ ref('support_replies') }}

),

support_guidance as (

    select * from {{ ref('support_guidance') }}

),

support_phrases as (

    select * from {{ ref('support_phrases') }}

),

support_agents as (

    select * from {{ ref('support_agents') }}

),

support_scenarios as (

    select * from {{ ref('support_scenarios') }}

),

styles as (

    select distinct style from support_agents

),

-- an answer of no style fits every agent
replies as (

    select
        support_replies.scenario,
        support_replies.role,
        support_replies.is_done,
        coalesce(styles.style, '') as style,
        support_replies.variant,
        support_replies.text
    from support_replies
    left join styles
        on support_replies.role = 'agent'
        and (support_replies.style is null or support_replies.style = styles.style)

),

phrases as (

    select null as scenario, null as role, coalesce(trigger, kind) as kind, '' as style, variant, text from support_phrases

),

scenarios as (

    select scenario, row_number() over (order by scenario) as scenario_number from support_scenarios

),

said as (

    select scenario, case when role = 'asks' then 'asks' when is_done then role || '_done' else role || '_answer' end as kind, style, variant, text from replies
    union all
    select {{ unnested("split(scenarios, ' ')") }} as scenario, role || '_guide' as kind, coalesce(style, '') as style, variant, text from support_guidance
    union all
    select scenario, kind, style, variant, text from phrases where kind != 'asks'
    union all
    -- beside its own questions, every scenario asks some of those that fit all, each scenario others
    select scenarios.scenario, phrases.kind, phrases.style, {{ shared_from }} + phrases.variant, phrases.text
    from phrases
    inner join scenarios
        on phrases.kind = 'asks'
        and (phrases.variant + scenarios.scenario_number) % {{ var('shared_question_one_in') }} = 0

),

filled as (

    select
        coalesce(scenario, '') as scenario,
        kind,
        style,
        row_number() over (partition by scenario, kind, style order by variant) - 1 as variant,
        count(*) over (partition by scenario, kind, style) as variant_count,
        {{ fill_policy_slots('text') }} as text
    from said

)

select * from filled
