-- Bookings by the month in which they were made, and their status.
select strftime(booking_date, '%Y-%m') as month, status, count(*) as bookings
from main.reservations
group by all
order by all
