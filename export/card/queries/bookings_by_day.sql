-- Bookings of the latest eight weeks by the day (UTC) on which they were made, and their status.
select booking_date::date as day, status, count(*) as bookings
from main.reservations
where booking_date >= (select as_of from analytics.data_set) - interval 56 day
group by all
order by all
