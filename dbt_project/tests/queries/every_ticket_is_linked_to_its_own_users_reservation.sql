-- depends_on: {{ ref('tickets') }} {{ ref('reservations') }}
with joined as (
SELECT t.*, r.event_title 
FROM tickets t 
LEFT JOIN reservations r ON t.reservation_id = r.reservation_id
WHERE t.user_id = r.user_id OR r.user_id IS NULL
)
select 'a ticket is linked to another user''s reservation' as failure
where (select count(*) from joined) != (select count(*) from tickets)
