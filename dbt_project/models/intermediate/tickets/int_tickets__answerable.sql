-- `cited` is what a reply names when no article answers: the one that fits the words best.
with

tickets as (

    select ticket_number, best_article_number, topic, also_topics from {{ ref('int_tickets__triaged') }}

),

numbers as (

    select * from {{ ref('int_numbers') }}

),

articles as (

    select article_number, article_id, topic, title from {{ ref('int_articles__filled') }}

),

topics as (

    select ticket_number, best_article_number, topic, 0 as preference
    from tickets
    union all
    select
        ticket_number,
        best_article_number,
        {{ array_get("split(also_topics, ' ')", 'numbers.number') }} as topic,
        numbers.number as preference
    from tickets
    inner join numbers
        on numbers.number <= {{ array_size("split(tickets.also_topics, ' ')") }}

),

answers as (

    select
        topics.ticket_number,
        any_value(topics.best_article_number) as best_article_number,
        min_by(articles.article_number, topics.preference) filter (where articles.article_number is not null) as expected_article_number,
        {{ array_collect('articles.article_id', 'topics.preference', condition='articles.article_id is not null') }} as article_ids
    from topics
    left join articles
        on topics.topic = articles.topic
    group by topics.ticket_number

),

answerable as (

    select
        answers.ticket_number,
        {{ array_get('answers.article_ids', 1) }} as expected_article_id,
        coalesce({{ array_slice('answers.article_ids', 2) }}, {{ array_of([], 'string') }}) as further_article_ids,
        cited.title as cited_title
    from answers
    left join articles as cited
        on coalesce(answers.expected_article_number, answers.best_article_number, 1) = cited.article_number

)

select * from answerable
