{#- Weight of a word that all articles know, and of one that none knows. -#}
{%- set least_weight = 1000 -%}
{%- set unknown_weight = 500 -%}
{#- The strength of a term that an article has in its body, title and tags. -#}
{%- set full_strength = 100 -%}
-- The article that fits a ticket's own words best, and how well, per landed text and not per ticket, so the cost does not grow with the tickets. The
-- score is the share of the words' weight that the article covers, in thousandths. A word weighs the more the fewer articles use it (the fourth root of
-- articles / articles with the word); a word that no article knows weighs half as much as one that all know. Whole numbers only, so sums do not depend on their order.
with

article_terms as (

    select * from {{ ref('int_articles__terms') }}

),

landed_texts as (

    select * from {{ ref('stg_tickets') }}

),

articles as (

    select * from {{ ref('int_articles__filled') }}

),

worded as (

    select
        ticket_number,
        subject || ' ' || description as words
    from landed_texts

),

texts as (

    select
        ticket_number,
        {{ unnested('array_distinct(' ~ terms_of('words') ~ ')') }} as term
    from worded

),

article_count as (

    select count(*) as articles from articles

),

term_weights as (

    select
        article_terms.term,
        {{ nearest_integer(least_weight ~ ' * sqrt(sqrt(any_value(article_count.articles)::double / count(*)))') }} as weight
    from article_terms
    cross join article_count
    group by article_terms.term

),

weighted as (

    select
        texts.ticket_number,
        texts.term,
        coalesce(term_weights.weight, {{ unknown_weight }}) as weight
    from texts
    left join term_weights
        on texts.term = term_weights.term

),

totals as (

    select ticket_number, sum(weight)::bigint as total_weight
    from weighted
    group by ticket_number

),

scores as (

    select
        weighted.ticket_number,
        article_terms.article_number,
        sum(weighted.weight * article_terms.strength)::bigint as covered_weight
    from weighted
    inner join article_terms
        on weighted.term = article_terms.term
    group by weighted.ticket_number, article_terms.article_number

),

best as (

    select ticket_number, max({{ place_key('covered_weight', 'article_number') }}) as place_key
    from scores
    group by ticket_number

),

scored as (

    select
        totals.ticket_number,
        {{ placed_number('best.place_key') }} as article_number,
        coalesce({{ int_div('1000 * ' ~ placed_score('best.place_key'), 'nullif(' ~ full_strength ~ ' * totals.total_weight, 0)') }}, 0) as score_thousandths
    from totals
    left join best
        on totals.ticket_number = best.ticket_number

),

placed as (

    select
        *,
        row_number() over (order by score_thousandths, ticket_number) as place,
        count(*) over () as texts
    from scored

),

low as (

    select score_thousandths
    from placed
    where place = {{ int_div('texts', 10) }} + 1

),

matched as (

    select
        placed.ticket_number,
        placed.article_number,
        placed.score_thousandths,
        low.score_thousandths as low_score_thousandths
    from placed
    cross join low

)

select * from matched
