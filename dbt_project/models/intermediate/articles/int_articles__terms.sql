-- The terms of each article and how strongly it speaks of them, up to 100: 40 for the body, the more the oftener it uses the term, 30 for the title
-- and 30 for the tags.
with

articles as (

    select * from {{ ref('int_articles__filled') }}

),

words as (

    select article_number, 'body' as part, unnest({{ terms_of('content') }}) as term from articles
    union all
    select article_number, 'title', unnest({{ terms_of('title') }}) from articles
    union all
    select article_number, 'tags', unnest({{ terms_of("array_to_string(tags, ' ')") }}) from articles

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

)

select
    article_number,
    term,
    {{ int_div('400 * body_uses', '10 * body_uses + 12') }} + 30 * in_title + 30 * in_tags as strength
from counted
