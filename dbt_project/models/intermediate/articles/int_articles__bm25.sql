{#- The defaults of bm25s, k1 1.5 and b 0.75, and the digits that a weight is kept to. -#}
{%- set k1, b, digits = 1.5, 0.75, 1000000 -%}
-- What a term of a question adds to an article's score in BM25 as bm25s reckons it by default (Lucene's form), over title and body. Whole numbers, so that sums do not depend on their order.
with

articles as (

    select
        article_number,
        title || ' ' || content as words
    from {{ ref('int_articles__filled') }}

),

uses as (

    select article_number, term, count(*) as use_count
    from (select article_number, {{ unnested(search_terms_of('words')) }} as term from articles) as said
    group by article_number, term

),

lengths as (

    select article_number, sum(use_count)::bigint as length
    from uses
    group by article_number

),

means as (

    select
        (select count(*) from articles) as article_count,
        sum(length)::bigint / count(*) as mean_length
    from lengths

),

term_counts as (

    select term, count(*) as article_count
    from uses
    group by term

),

weights as (

    select
        uses.article_number,
        uses.term,
        round(
            {{ digits }} * ln(1 + (means.article_count - term_counts.article_count + 0.5)::double / (term_counts.article_count + 0.5)::double)
            * uses.use_count / (uses.use_count + {{ k1 }} * (1 - {{ b }} + {{ b }} * lengths.length / means.mean_length))
        )::bigint as weight
    from uses
    cross join means
    inner join lengths
        on uses.article_number = lengths.article_number
    inner join term_counts
        on uses.term = term_counts.term

)

select * from weights
