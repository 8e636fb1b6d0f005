-- Tickets by the day (UTC) on which they were opened, and whether they are escalated.
select created_at::date as day, status = 'escalated' as is_escalated, count(*) as tickets
from main.tickets
group by all
order by all
