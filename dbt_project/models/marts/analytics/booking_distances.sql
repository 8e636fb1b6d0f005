with

users as (

    select user_id, city, subscription_status, is_blocked from {{ ref('users') }}

),

reservations as (

    select user_id from {{ ref('reservations') }}

),

cities as (

    select * from {{ ref('cities') }}

),

counted as (

    select user_id, count(*) as bookings
    from reservations
    group by user_id

),

active as (

    select
        case when cities.cultures = '*' then 1 when cities.country in ('United States', 'Canada') then 2 else 3 end as distance,
        coalesce(counted.bookings, 0) as bookings
    from users
    inner join cities
        on users.city = cities.city
    left join counted
        on users.user_id = counted.user_id
    where users.subscription_status = 'active' and not users.is_blocked

)

select
    distance::bigint as distance,
    count(*)::bigint as members,
    avg(bookings)::double as bookings
from active
group by distance
order by distance
