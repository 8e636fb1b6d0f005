-- How many events on sale have taken so many bookings.
with

counted as (

    select event_id, count(*) as bookings
    from main.reservations
    group by event_id

)

select coalesce(counted.bookings, 0) as bookings, count(*) as events
from main.events as events
left join counted
    on events.event_id = counted.event_id
where events.status != 'cancelled'
group by coalesce(counted.bookings, 0)
order by bookings
