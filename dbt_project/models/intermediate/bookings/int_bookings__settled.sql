{%- set actors = ['member', 'desk', 'block'] -%}
-- Every booking as it is at as_of: one that support cancelled in a ticket was cancelled then (int_tickets__done), not on the day that was drawn for it.
select
    bookings.* replace (
        coalesce(done.done_at, bookings.cancelled_at) as cancelled_at,
        case when done.done_at is not null then {{ enum_value('desk', actors) }} else bookings.cancelled_by end as cancelled_by
    ),
    done.ticket_id
from {{ ref('int_bookings__priced') }} as bookings
left join {{ ref('int_tickets__done') }} as done
    on bookings.booking_number = done.booking_number
    and done.effect = 'cancelled_booking'
