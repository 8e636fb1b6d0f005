-- The two lines on which statuses are cut, with the keys of their bijections, and how many places of each are pending or cancelled. A blocked user's
-- bookings are all cancelled (guide 14.4) and count towards the cancelled ones; the rest is split over the lines by their length.
with

lengths as (

    select
        sum(recent_count)::bigint as recent_bookings,
        sum(other_count)::bigint as other_bookings,
        sum(booking_count) filter (where pool = 'blocked')::bigint as blocked_bookings
    from {{ ref('int_user_bookings') }}

),

targets as (

    select
        sum(row_count) filter (where value = 'pending')::bigint as pending_bookings,
        sum(row_count) filter (where value = 'cancelled')::bigint as cancelled_bookings
    from {{ ref('share_targets') }}
    where attribute = 'reservation_status'

),

split as (

    select
        lengths.*,
        targets.pending_bookings,
        targets.cancelled_bookings - coalesce(lengths.blocked_bookings, 0) as open_cancelled
    from lengths
    cross join targets

),

lines as (

    select
        'recent' as line,
        1 as line_number,
        recent_bookings as line_bookings,
        pending_bookings,
        open_cancelled - least({{ whole('open_cancelled * other_bookings', 'recent_bookings + other_bookings') }}, other_bookings) as cancelled_bookings
    from split
    union all
    select
        'other',
        2,
        other_bookings,
        0,
        least({{ whole('open_cancelled * other_bookings', 'recent_bookings + other_bookings') }}, other_bookings)
    from split

)

select
    line,
    pending_bookings,
    cancelled_bookings,
    {{ scatter_keys('line_bookings', 'status line', 'line_number') }}
from lines
where line_bookings > 0
