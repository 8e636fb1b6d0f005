-- The lines on which statuses are cut, with the keys of their bijections, and how many places of each are pending or cancelled. A blocked user's
-- bookings are all cancelled (requirements: bookings-of-blocked-members) and count towards the cancelled ones; the rest is split over the two other lines by their length.
with

lengths as (

    select
        sum(recent_count)::bigint as recent_bookings,
        sum(other_count)::bigint as other_bookings,
        sum(booking_count - recent_count - other_count)::bigint as blocked_bookings
    from {{ ref('int_user_bookings') }}

),

targets as (

    select
        sum(row_count) filter (where value = 'pending')::bigint as pending_bookings,
        sum(row_count) filter (where value = 'cancelled')::bigint as cancelled_bookings
    from {{ ref('int_share_targets') }}
    where attribute = 'reservation_status'

),

split as (

    select
        lengths.*,
        targets.pending_bookings,
        least(
            {{ int_div('(targets.cancelled_bookings - lengths.blocked_bookings) * lengths.other_bookings', 'lengths.recent_bookings + lengths.other_bookings') }},
            lengths.other_bookings
        ) as other_cancelled,
        targets.cancelled_bookings - lengths.blocked_bookings as open_cancelled
    from lengths
    cross join targets

),

lines as (

    select
        1 as line_number,
        recent_bookings as line_bookings,
        pending_bookings,
        open_cancelled - other_cancelled as cancelled_bookings
    from split
    union all
    select 2, other_bookings, 0, other_cancelled from split
    union all
    select 3, blocked_bookings, 0, blocked_bookings as cancelled_bookings from split

)

select
    line_number,
    pending_bookings,
    cancelled_bookings,
    {{ permutation_keys('line_bookings', 'status line', 'line_number') }}
from lines
where line_bookings > 0
