{#- Beyond these a reader does not look. -#}
{%- set most_ranks = 10 -%}
-- The ten articles that BM25 ranks first for a landed text's own words, subject and message; a word that is said twice counts twice. Per text and not per
-- ticket, so that the cost does not grow with the tickets.
with

texts as (

    select
        ticket_number,
        subject || ' ' || description as words
    from {{ ref('stg_tickets') }}

),

said as (

    select ticket_number, term, count(*) as use_count
    from (select ticket_number, {{ unnested(search_terms_of('words')) }} as term from texts) as terms
    group by ticket_number, term

),

scores as (

    select
        said.ticket_number,
        weights.article_number,
        sum(said.use_count * weights.weight)::bigint as score
    from said
    inner join {{ ref('int_articles__bm25') }} as weights
        on said.term = weights.term
    group by said.ticket_number, weights.article_number

),

keyed as (

    select ticket_number, {{ place_key('score', 'article_number') }} as place_key from scores

),

ranked as (

    select
        ticket_number,
        place_key,
        row_number() over (partition by ticket_number order by place_key desc) as article_rank
    from keyed

)

select
    ticket_number,
    {{ placed_number('place_key') }} as article_number,
    {{ placed_score('place_key') }} as score,
    article_rank
from ranked
where article_rank <= {{ most_ranks }}
