-- Tickets by category and status.
select category, status, count(*) as tickets
from main.tickets
group by all
order by all
