{#- Of a strength of 100: the body comes near its part as it uses the term more often. -#}
{%- set body_part, title_part, tags_part = 40, 30, 30 -%}
-- The terms of each article and how strongly it speaks of them, up to 100: 40 for the body, the more the oftener it uses the term, 30 for the title
-- and 30 for the tags.
with

filled_articles as (

    select * from {{ ref('int_articles__filled') }}

),

articles as (

    select
        *,
        {{ array_join('tags', ' ') }} as tag_words
    from filled_articles

),

words as (

    select article_number, 'body' as part, {{ unnested(terms_of('content')) }} as term from articles
    union all
    select article_number, 'title', {{ unnested(terms_of('title')) }} from articles
    union all
    select article_number, 'tags', {{ unnested(terms_of('tag_words')) }} from articles

),

counted as (

    select
        article_number,
        term,
        count(*) filter (where part = 'body') as body_uses,
        max((part = 'title')::bigint) as in_title,
        max((part = 'tags')::bigint) as in_tags
    from words
    group by article_number, term

),

weighed as (

    select
        article_number,
        term,
        {{ int_div(10 * body_part ~ ' * body_uses', '10 * body_uses + 12') }} + {{ title_part }} * in_title + {{ tags_part }} * in_tags as strength
    from counted

)

select * from weighed
