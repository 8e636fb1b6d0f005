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

ranked as (

    select
        ticket_number,
        article_number,
        score,
        row_number() over (partition by ticket_number order by score desc, article_number) as article_rank
    from scores

)

select * from ranked
where article_rank <= {{ most_ranks }}
