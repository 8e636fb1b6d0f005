-- Tickets by rag_confidence in steps of 0.05, and whether they are escalated.
select
    (rag_confidence * 100)::bigint // 5 * 5 as percent,
    status = 'escalated' as is_escalated,
    count(*) as tickets
from udahub.ticket_metadata
group by all
order by all
