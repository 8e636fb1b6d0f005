{#- A key of fewer is stated in passing by articles about something else: these must share more with the expected article than one subject. -#}
{%- set telling_policies = 2 -%}
{#- A tag of more topics than these (a tenth of all) is too broad to tell a subject. -#}
{%- set narrow_topics = 10 -%}
-- The further articles that answer each ticket: those that state all that its key asks of an article, and are about its matter. They are if the scenario names
-- their topic, or by the tags that they share with the expected article: any where the key rests on two policies or more, two narrow ones where it
-- rests on one. Where it rests on none, the scenario's further topics do. Worked out per set of policies and articles, so that the cost does not grow with the tickets.
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

    select article_number, article_id, topic, policies from {{ ref('int_articles__filled') }}

),

asked as (

    select
        tickets.ticket_number,
        {{ unnested("split(scenarios.facts, ' ')") }} as fact
    from tickets
    inner join scenarios
        on tickets.scenario = scenarios.scenario

),

needed as (

    select
        asked.ticket_number,
        {{ array_join('array_sort(array_distinct(' ~ array_collect(fact_policy('asked.fact', 'known')) ~ '))', ' ') }} as policies
    from asked
    inner join known
        on asked.ticket_number = known.ticket_number
    where {{ ticket_fact('asked.fact', 'known') }} is not null
    group by asked.ticket_number

),

cases as (

    select
        answers.ticket_number,
        answers.expected_article_id,
        answers.further_article_ids,
        coalesce(needed.policies, '') as policies
    from answers
    left join needed
        on answers.ticket_number = needed.ticket_number

),

sets as (

    select distinct
        expected_article_id,
        further_article_ids,
        policies,
        split(policies, ' ') as policy_list
    from cases
    where policies != ''

),

tagged as (

    select
        tag,
        {{ unnested("split(topics, ' ')") }} as topic,
        {{ array_size("split(topics, ' ')") }} <= {{ narrow_topics }} as is_narrow
    from {{ ref('article_tags') }}

),

agreeing as (

    select
        tagged.topic,
        others.topic as other_topic,
        count(*) as shared_tags,
        count(*) filter (where tagged.is_narrow) as shared_narrow_tags
    from tagged
    inner join tagged as others
        on tagged.tag = others.tag
    group by tagged.topic, others.topic

),

stating as (

    select
        sets.expected_article_id,
        sets.further_article_ids,
        sets.policies,
        {{ array_collect('articles.article_id', 'articles.article_number') }} as article_ids
    from sets
    inner join articles as expected
        on sets.expected_article_id = expected.article_id
    inner join articles
        on {{ array_has_all('articles.policies', 'sets.policy_list') }}
    left join agreeing
        on expected.topic = agreeing.topic
        and articles.topic = agreeing.other_topic
    where
        array_contains(sets.further_article_ids, articles.article_id)
        or case
            when {{ array_size('sets.policy_list') }} >= {{ telling_policies }} then agreeing.shared_tags >= 1
            else agreeing.shared_narrow_tags >= 2
        end
    group by sets.expected_article_id, sets.further_article_ids, sets.policies

),

stated as (

    select
        cases.ticket_number,
        cases.expected_article_id,
        case when cases.policies = '' then cases.further_article_ids else stating.article_ids end as article_ids
    from cases
    left join stating
        on cases.expected_article_id = stating.expected_article_id
        and cases.further_article_ids = stating.further_article_ids
        and cases.policies = stating.policies

),

accepted as (

    select
        ticket_number,
        case
            when expected_article_id is null then {{ array_of([], 'string') }}
            else coalesce({{ array_filter('article_ids', 'article', 'article != expected_article_id') }}, {{ array_of([], 'string') }})
        end as also_accepted
    from stated

)

select * from accepted
