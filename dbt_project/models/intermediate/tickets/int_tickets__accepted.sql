{#- A key of fewer is stated in passing by articles about something else. -#}
{%- set telling_policies = 2 -%}
-- The further articles that answer each ticket. An article that states all that the key asks for does, as far as an article can: where that is one policy or
-- none, only one of the scenario's further topics does. Worked out per set of policies and article, so that the cost does not grow with the tickets.
with

answers as (

    select * from {{ ref('int_tickets__answerable') }}

),

tickets as (

    select ticket_number, scenario from {{ ref('int_tickets__triaged') }}

),

known as (

    select * from {{ ref('int_tickets__facts') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

articles as (

    select article_number, article_id, policies from {{ ref('int_articles__filled') }}

),

asked as (

    select
        tickets.ticket_number,
        unnest(string_split(scenarios.facts, ' ')) as fact
    from tickets
    inner join scenarios
        on tickets.scenario = scenarios.scenario

),

needed as (

    select
        asked.ticket_number,
        array_to_string(list_sort(list_distinct(list({{ fact_policy('asked.fact', 'known') }}))), ' ') as policies
    from asked
    inner join known
        on asked.ticket_number = known.ticket_number
    where {{ ticket_fact('asked.fact', 'known') }} is not null
    group by asked.ticket_number

),

sets as (

    select distinct
        policies,
        string_split(policies, ' ') as policy_list
    from needed
    where policies != ''

),

stating as (

    select
        sets.policies,
        list(articles.article_id order by articles.article_number) as article_ids,
        any_value(len(sets.policy_list)) as policy_count
    from sets
    inner join articles
        on list_has_all(articles.policies, sets.policy_list)
    group by sets.policies

),

stated as (

    select
        answers.ticket_number,
        answers.expected_article_id,
        answers.further_article_ids,
        case
            when coalesce(needed.policies, '') = '' then answers.further_article_ids
            when stating.policy_count >= {{ telling_policies }} then stating.article_ids
            else list_filter(answers.further_article_ids, lambda article: list_contains(stating.article_ids, article))
        end as article_ids
    from answers
    left join needed
        on answers.ticket_number = needed.ticket_number
    left join stating
        on needed.policies = stating.policies

),

accepted as (

    select
        ticket_number,
        case
            when expected_article_id is null then []
            else list_filter(coalesce(article_ids, []), lambda article: article != expected_article_id)
        end as also_accepted
    from stated

)

select * from accepted
