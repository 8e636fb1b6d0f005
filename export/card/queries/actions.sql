-- What a good agent does, by the answer key, and how hard the ticket is.
select action, difficulty, count(*) as tickets
from analytics.ticket_labels
group by all
order by all
