-- The lines on which statuses are cut, with the keys of their bijections, and how many places of each are pending or cancelled. A blocked user's
-- bookings are all cancelled (requirements: bookings-of-blocked-members) and count towards the cancelled ones; the rest is split over the two other lines by their length. Bookings of a past season
-- are a line of their own: none is pending.
with

user_bookings as (

    select * from {{ ref('int_user_bookings') }}

),

past_bookings as (

    select coalesce(sum(booking_count), 0)::bigint as bookings from {{ ref('int_user_bookings__past') }}

),

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

lengths as (

    select
        sum(recent_count)::bigint as recent_bookings,
        sum(case when {{ is_blocked_class('class_number') }} then 0 else booking_count - recent_count end)::bigint as other_bookings,
        sum(case when {{ is_blocked_class('class_number') }} then booking_count else 0 end)::bigint as blocked_bookings
    from user_bookings

),

targets as (

    select
        sum(row_count) filter (where value = 'pending')::bigint as pending_bookings,
        sum(row_count) filter (where value = 'cancelled')::bigint as cancelled_bookings,
        sum(share) filter (where value = 'cancelled') as cancelled_share
    from share_targets
    where attribute = 'reservation_status'

),

open_counts as (

    select
        lengths.*,
        targets.pending_bookings,
        lengths.recent_bookings + lengths.other_bookings as open_bookings,
        targets.cancelled_bookings - lengths.blocked_bookings as open_cancelled
    from lengths
    cross join targets

),

split as (

    select
        *,
        least({{ int_div('open_cancelled * other_bookings', 'open_bookings') }}, other_bookings) as other_cancelled
    from open_counts

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
    union all
    select 4, past_bookings.bookings, 0, {{ int_div('past_bookings.bookings * targets.cancelled_share', 100) }}::bigint as cancelled_bookings
    from past_bookings
    cross join targets

),

keyed as (

    select
        line_number,
        pending_bookings,
        cancelled_bookings,
        {{ permutation_keys('line_bookings', 'status line', 'line_number', is_short_key=true) }}
    from lines
    where line_bookings > 0

)

select * from keyed
