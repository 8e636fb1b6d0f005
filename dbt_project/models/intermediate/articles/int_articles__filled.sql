{%- set least_views, most_views = 50, 5000 -%}
{%- set least_votes, most_votes = 10, 500 -%}
-- depends_on: {{ ref('int_row_targets') }}
-- Articles of this volume with EventHub's policy constants in their slots, and how they are read: the more, the more tickets the scenarios send to their topic.
with

landed_articles as (

    select * from {{ ref('stg_kb_articles') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

scenarios as (

    select
        scenarios.topic,
        scenarios.also_topics,
        shares.share * scenarios.weight / (sum(scenarios.weight) over (partition by scenarios.category))::double as ticket_percent
    from {{ ref('support_scenarios') }} as scenarios
    inner join {{ ref('shares') }} as shares
        on shares.attribute = 'ticket_category' and scenarios.category = shares.value

),

-- a further topic is the answer where the first is not at hand, and is read beside it
wanted as (

    select topic, ticket_percent from scenarios
    union all
    select {{ unnested("split(also_topics, ' ')") }}, ticket_percent / 2 from scenarios

),

-- added up in one order, since a sum of doubles depends on it
topics as (

    select topic, {{ array_total(array_collect('ticket_percent')) }} as ticket_percent
    from wanted
    group by topic

),

demand as (

    select topic, sqrt(ticket_percent / (max(ticket_percent) over ())) as demand_part
    from topics

),

tags as (

    select * from {{ ref('article_tags') }}

),

tags_by_topic as (

    select {{ unnested("split(topics, ' ')") }} as topic, position, tag from tags

),

-- three to five, as an article has (requirements: form-of-an-article)
topic_tags as (

    select topic, {{ array_collect('tag', 'position') }} as tags
    from tags_by_topic
    group by topic
    having count(*) between 3 and 5

),

articles as (

    select
        {{ columns_except(['tags'], of='articles') }},
        coalesce(topic_tags.tags, articles.tags) as tags,
        coalesce(demand.demand_part, 0) as demand_part
    from landed_articles as articles
    inner join parameters
        on articles.article_number <= parameters.kb_articles
    left join demand
        on articles.topic = demand.topic
    left join topic_tags
        on articles.topic = topic_tags.topic

),

drawn as (

    select
        articles.*,
        parameters.as_of_at,
        {{ draw_unit('article views', 'articles.article_number') }} as view_draw,
        {{ draw_unit('article votes', 'articles.article_number') }} as vote_draw,
        {{ draw_between('article age', 'articles.article_number', 200, 700) }} as age_days,
        {{ draw_between('article update', 'articles.article_number', 1, 120) }} as update_days,
        {{ minutes(draw_between('article minute', 'articles.article_number', 60, 600)) }} as second_of_day
    from articles
    cross join parameters

),

-- mostly by demand, and by chance; more articles with few views than with many
read as (

    select
        *,
        {{ least_views }} + floor({{ most_views - least_views + 1 }} * (demand_part * (0.6 + 0.2 * view_draw) + 0.2 * view_draw * view_draw)) as views
    from drawn

),

-- of the readers, 10 to 40 percent find it helpful
filled as (

    select
        article_number,
        {{ sequential_id('kb', 'article_number') }} as article_id,
        topic,
        title,
        {{ fill_policy_slots('content') }} as content,
        array_sort(array_distinct(regexp_extract_all(content, {{ regex('\\{([a-z_]+)\\}') }}, 1))) as policies,
        category,
        tags,
        views::bigint as view_count,
        least({{ most_votes }}, greatest({{ least_votes }}, floor(views * (0.1 + 0.3 * vote_draw))))::bigint as helpful_votes,
        {{ seconds_after('as_of_at', days('-age_days') ~ ' + second_of_day') }} as created_at,
        {{ seconds_after('as_of_at', days('-update_days') ~ ' + second_of_day') }} as updated_at
    from read

)

select * from filled
