-- Tickets by category and priority.
select category, priority, count(*) as tickets
from main.tickets
group by all
order by all
