{#- Grades of the export `retrieval` (export/writers/retrieval.py), and the ranks that nDCG@10 looks at. -#}
{%- set expected, accepted, most_ranks = 2, 1, 10 -%}
{%- set further_ranks = array_range('least(' ~ array_size('labels.also_accepted') ~ ', ' ~ (most_ranks - 1) ~ ')') -%}
{%- set further_gains = array_transform(further_ranks, 'place', accepted ~ ' / log2(place + 3)') -%}
-- How well plain retrieval does: how often the article that fits a ticket's words best is the expected one, or one that is accepted too; and BM25 by the measures
-- of retrieval research.
with

labels as (

    select * from {{ ref('ticket_labels') }}

),

triaged as (

    select ticket_id, text_number, best_article_number, rag_confidence from {{ ref('int_tickets__triaged') }}

),

-- what BM25 ranks, and what each rank adds to the discounted gain
gains as (

    select
        labels.ticket_id,
        ranked.article_rank,
        case
            when labels.expected_article_id = {{ sequential_id('kb', 'ranked.article_number') }} then {{ expected }}
            when array_contains(labels.also_accepted, {{ sequential_id('kb', 'ranked.article_number') }}) then {{ accepted }}
            else 0
        end as grade
    from labels
    inner join triaged
        on labels.ticket_id = triaged.ticket_id
    inner join {{ ref('int_ticket_texts__ranked') }} as ranked
        on triaged.text_number = ranked.ticket_number

),

found as (

    select
        ticket_id,
        {{ array_total(array_collect('grade / log2(article_rank + 1)', 'article_rank')) }} as gain,
        bool_or(article_rank = 1 and grade > 0) as is_first
    from gains
    group by ticket_id

),

tickets as (

    select
        labels.ticket_id,
        labels.category,
        labels.split,
        triaged.rag_confidence,
        labels.expected_article_id is not null as is_answerable,
        labels.expected_article_id = {{ sequential_id('kb', 'triaged.best_article_number') }} as is_found,
        array_contains(labels.also_accepted, {{ sequential_id('kb', 'triaged.best_article_number') }}) as is_accepted,
        coalesce(found.is_first, false) as is_first,
        -- the best order there is: the expected article first, then those that are accepted
        coalesce(found.gain, 0) / ({{ expected }} + coalesce({{ array_total(further_gains) }}, 0)) as ndcg
    from labels
    inner join triaged
        on labels.ticket_id = triaged.ticket_id
    left join found
        on labels.ticket_id = found.ticket_id

)

select
    case when grouping(category) = 1 then 'all' else category end as category,
    case when grouping(split) = 1 then 'all' else split end as split,
    count(*) as ticket_count,
    count(*) filter (where is_answerable) as answerable_count,
    {{ round_to('count(*) filter (where is_found) / count(*)', 4) }} as found_share,
    {{ round_to('count(*) filter (where is_found or is_accepted) / count(*)', 4) }} as accepted_share,
    {{ round_to('avg(ndcg) filter (where is_answerable)', 4) }} as bm25_ndcg_at_10,
    {{ round_to('count(*) filter (where is_answerable and is_first) / nullif(count(*) filter (where is_answerable), 0)', 4) }} as bm25_success_at_1,
    {{ round_to('avg(rag_confidence::double)', 4) }} as mean_confidence,
    {{ round_to('count(*) filter (where rag_confidence < ' ~ low_confidence() ~ ') / count(*)', 4) }} as low_confidence_share
from tickets
group by grouping sets ((category), (split), ())
