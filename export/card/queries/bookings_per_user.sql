-- How many members have made so many bookings, those without any included.
with

counted as (

    select user_id, count(*) as bookings
    from main.reservations
    group by user_id

)

select coalesce(counted.bookings, 0) as bookings, count(*) as members
from main.users as users
left join counted
    on users.user_id = counted.user_id
group by coalesce(counted.bookings, 0)
order by bookings
