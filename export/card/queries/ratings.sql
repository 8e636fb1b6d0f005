-- Ratings of resolved tickets, by whether an automatic answer had failed; null for tickets without a rating.
select csat, failed_attempts > 0 as has_failed, count(*) as tickets
from udahub.ticket_metadata
where status = 'resolved'
group by all
order by all
