{#- As many articles as a search shows at a glance. -#}
{%- set shown_articles = 3 -%}
-- The answer key for agents under test; in neither database. The scenario is the text's own. An action that would give nothing back is not taken unasked:
-- the answer says so first. Of a resolved ticket the action is
-- what was done; of any other, what a good agent does at as_of.
with

triaged as (

    select * from {{ ref('int_tickets__resolved') }}

),

answers as (

    select * from {{ ref('int_tickets__answerable') }}

),

accepted as (

    select * from {{ ref('int_tickets__accepted') }}

),

known as (

    select * from {{ ref('int_tickets__facts') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

splits as (

    select * from {{ ref('int_ticket_texts__split') }}

),

tones as (

    select * from {{ ref('tones') }}

),

actions as (

    select * from {{ ref('support_actions') }}

),

-- what a standard search finds, the best first
ranked as (

    select
        ticket_number,
        {{ array_collect(sequential_id('kb', 'article_number'), 'article_rank') }} as article_ids
    from {{ ref('int_ticket_texts__ranked') }}
    group by ticket_number

),

tickets as (

    select
        triaged.*,
        answers.expected_article_id,
        accepted.also_accepted,
        scenarios.kind,
        scenarios.facts,
        scenarios.forbidden_actions,
        coalesce(ranked.article_ids, {{ array_of([]) }}) as ranked_article_ids,
        {{ array_of(['answers.expected_article_id']) }} || accepted.also_accepted as right_article_ids,
        case
            when triaged.is_escalated then 'escalate'
            when triaged.effect is not null then triaged.action
            when triaged.action in ('issue_refund', 'cancel_reservation', 'change_party_size') and known.refund_percent = '0' then 'answer'
            else triaged.action
        end as due_action
    from triaged
    inner join answers
        on triaged.ticket_number = answers.ticket_number
    inner join accepted
        on triaged.ticket_number = accepted.ticket_number
    inner join known
        on triaged.ticket_number = known.ticket_number
    inner join scenarios
        on triaged.scenario = scenarios.scenario
    left join ranked
        on triaged.text_number = ranked.ticket_number

),

weighed as (

    select
        tickets.*,
        splits.split,
        actions.arguments,
        case
            when {{ array_has_any(array_slice('ranked_article_ids', 1, shown_articles), 'right_article_ids') }} then 0
            when {{ array_has_any('ranked_article_ids', 'right_article_ids') }} then 1
            else 2
        end
        + (due_action not in ('answer', 'escalate'))::bigint
        + tones.is_hard_to_read::bigint
        + (failed_attempts > 0)::bigint as burdens
    from tickets
    inner join splits
        on tickets.text_number = splits.ticket_number
    inner join tones
        on tickets.tone = tones.tone
    left join actions
        on tickets.due_action = actions.action

),

labels as (

    select
        weighed.ticket_id,
        weighed.category,
        weighed.main_issue_type,
        weighed.expected_article_id,
        weighed.also_accepted,
        weighed.is_escalated as should_escalate,
        coalesce(split(known.escalation_reasons, ', '), {{ array_of([]) }}) as escalation_reasons,
        weighed.scenario,
        weighed.kind,
        {{ pick_typed_facts('weighed.facts', 'known') }} as facts,
        weighed.due_action as action,
        {{ pick_facts('weighed.arguments', 'known') }} as arguments,
        coalesce(split(weighed.forbidden_actions, ' '), {{ array_of([]) }}) as forbidden_actions,
        case when weighed.burdens = 0 then 'easy' when weighed.burdens < 3 then 'medium' else 'hard' end as difficulty,
        weighed.split,
        '{{ key_version() }}' as key_version,
        data_set.data_hash,
        weighed.ticket_number
    from weighed
    inner join known
        on weighed.ticket_number = known.ticket_number
    cross join {{ ref('data_set') }} as data_set

)

select {{ columns_except(['ticket_number']) }} from labels
order by ticket_number
