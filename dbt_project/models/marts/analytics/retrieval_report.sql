-- How well plain retrieval does: how often the article that fits a ticket's words best is the expected one, or one that is accepted too.
with

tickets as (

    select
        labels.category,
        labels.split,
        triaged.rag_confidence,
        labels.expected_article_id is not null as is_answerable,
        labels.expected_article_id = {{ sequential_id('kb', 'triaged.best_article_number') }} as is_found,
        list_contains(labels.also_accepted, {{ sequential_id('kb', 'triaged.best_article_number') }}) as is_accepted
    from {{ ref('ticket_labels') }} as labels
    inner join {{ ref('int_tickets__triaged') }} as triaged
        on labels.ticket_id = triaged.ticket_id

)

select
    case when grouping(category) = 1 then 'all' else category end as category,
    case when grouping(split) = 1 then 'all' else split end as split,
    count(*) as ticket_count,
    count(*) filter (where is_answerable) as answerable_count,
    round(count(*) filter (where is_found) / count(*), 4) as found_share,
    round(count(*) filter (where is_found or is_accepted) / count(*), 4) as accepted_share,
    round(avg(rag_confidence::double), 4) as mean_confidence,
    round(count(*) filter (where rag_confidence < {{ low_confidence() }}) / count(*), 4) as low_confidence_share
from tickets
group by grouping sets ((category), (split), ())
