-- Active events by the quarter of their category in which their mean price lies, 1 for the cheapest, and the part of their tickets that is sold.
with

ranked as (

    select
        tickets_sold / greatest(total_tickets, 1) as sold_part,
        ntile(4) over (partition by category order by price_min + price_max, event_id) as quarter
    from main.events
    where status = 'active'

)

select quarter, count(*) as events, 100 * avg(sold_part) as sold_percent
from ranked
group by quarter
order by quarter
