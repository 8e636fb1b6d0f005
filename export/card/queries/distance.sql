-- Bookings of an active member by how far from the Bay Area home is: at home there (1), elsewhere in the country or in Canada (2), or overseas (3).
with

counted as (

    select user_id, count(*) as bookings
    from main.reservations
    group by user_id

)

select
    case when cities.cultures = '*' then 1 when cities.country in ('United States', 'Canada') then 2 else 3 end as distance,
    count(*) as members,
    avg(coalesce(counted.bookings, 0)) as bookings
from main.users as users
inner join seeds.cities as cities
    on users.city = cities.city
left join counted
    on users.user_id = counted.user_id
where users.subscription_status = 'active' and not users.is_blocked
group by distance
order by distance
