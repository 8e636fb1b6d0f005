-- depends_on: {{ ref('reservations') }} {{ ref('events') }} {{ ref('venues') }}
with joined as (
SELECT r.*, e.title, v.name 
FROM reservations r 
JOIN events e ON r.event_id = e.event_id
JOIN venues v ON e.venue_id = v.venue_id
)
select 'a reservation has no event or venue' as failure
where (select count(*) from joined) != (select count(*) from reservations)
