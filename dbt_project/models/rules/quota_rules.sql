-- Held bookings of a user in a calendar month (requirements: quota-follows-the-tier).
-- They are counted among all bookings: where the others are left out first, DuckDB expects few to be left, and keeps them instead of the members that the view joins.
with

months as (

    select user_id, {{ start_of('month', 'booking_date') }} as booking_month, count_if(status in ('confirmed', 'pending')) as held_bookings
    from {{ ref('reservations') }}
    group by user_id, {{ start_of('month', 'booking_date') }}

),

held as (

    select months.*, users.monthly_quota
    from months
    left join {{ ref('users') }} as users
        on months.user_id = users.user_id
    where months.held_bookings > 0

),

rules as (

    select
        user_id,
        held_bookings || ' held in ' || {{ format_moment('booking_month', '%B %Y') }} || ', quota ' || monthly_quota as words,
        held_bookings <= monthly_quota as held_bookings_within_monthly_quota
    from held

),

counted as (

    select
        {{ count_violations(id='user_id', words='words') }}
    from rules

)

{{ checked_rules('reservations', 'counted') }}
