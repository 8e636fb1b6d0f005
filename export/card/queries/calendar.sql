-- Events of each day; weekday 1 is Monday. Weeks are counted from the first event's.
select
    event_date as day,
    isodow(event_date) as weekday,
    date_diff('week', (select min(event_date) from main.events), event_date) as week,
    count(*) as events
from main.events
group by event_date
order by event_date
