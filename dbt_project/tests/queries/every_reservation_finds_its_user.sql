-- depends_on: {{ ref('reservations') }} {{ ref('users') }}
with joined as (
SELECT r.*, u.full_name 
FROM reservations r 
JOIN users u ON r.user_id = u.user_id
)
select 'a reservation has no user' as failure
where (select count(*) from joined) != (select count(*) from reservations)
