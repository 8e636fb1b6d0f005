-- The terms of each article and how strongly it speaks of them: 10 in title or tags, 6 in the body.
with

articles as (

    select * from {{ ref('int_articles__filled') }}

),

terms as (

    select article_number, unnest({{ terms_of("title || ' ' || array_to_string(tags, ' ')") }}) as term, 10 as strength from articles
    union all
    select article_number, unnest({{ terms_of('content') }}) as term, 6 as strength from articles

)

select
    article_number,
    term,
    max(strength)::bigint as strength
from terms
group by article_number, term
