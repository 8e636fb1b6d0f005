-- Seats of the events on sale: members hold some, others were sold outside the club, the rest are left.
with

held as (

    select event_id, sum(ticket_count) as held
    from main.reservations
    where status in ('confirmed', 'pending')
    group by event_id

)

select
    events.category,
    count(*) as events,
    sum(coalesce(held.held, 0))::bigint as members,
    sum(events.tickets_sold - coalesce(held.held, 0))::bigint as others,
    sum(events.total_tickets - events.tickets_sold)::bigint as free
from main.events as events
left join held
    on events.event_id = held.event_id
where events.status != 'cancelled'
group by events.category
order by sum(events.total_tickets) desc, events.category
