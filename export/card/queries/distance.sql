-- Bookings of an active member by how far from the Bay Area home is: at home there (1), elsewhere in the country or in Canada (2), or overseas (3).
select
    distance,
    members,
    bookings
from analytics.booking_distances
order by distance
