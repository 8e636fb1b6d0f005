-- Tickets by category and sentiment.
select category, sentiment, count(*) as tickets
from udahub.ticket_metadata
group by all
order by all
