-- Events on sale by tenths of their tickets sold; sold out ones apart.
select
    case when status = 'soldout' then 10 else least(tickets_sold * 10 // greatest(total_tickets, 1), 9) end as tenth,
    count(*) as events,
    sum(tickets_sold) as sold,
    sum(total_tickets) as seats
from main.events
where status != 'cancelled'
group by tenth
order by tenth
