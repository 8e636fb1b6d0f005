-- Users who can book alike, counted: a few thousand rows however many users there are.
select pool, class_number, capacity, weight, count(*) as group_size
from {{ ref('int_booking_users') }}
group by all
