-- Confirmed bookings of a member in the order of their events: none begins before those before it have ended (requirements: no-two-events-at-once).
-- Only the ends of confirmed ones count; the others are left out last, for the reason in quota_rules. Ids are for those who ask: without them less is put in order.
with

events as (

    select event_id, {{ adapter.quote('when') }} as starts_at, duration_minutes from {{ ref('events') }}

),

booked as (

    select
        reservations.user_id,
        reservations.status = 'confirmed' as is_confirmed,
        case when {{ shows_rows() }} then reservations.reservation_id end as shown_id,
        events.starts_at,
        case when reservations.status = 'confirmed' then {{ seconds_after('events.starts_at', minutes('events.duration_minutes')) }} end as ends_at
    from {{ ref('reservations') }} as reservations
    inner join events
        on reservations.event_id = events.event_id

),

followed as (

    select
        *,
        max(ends_at) over (partition by user_id order by starts_at, ends_at, shown_id rows between unbounded preceding and 1 preceding) as free_from
    from booked

),

rules as (

    select
        shown_id,
        user_id || ' is at another event until ' || free_from || ', this one begins at ' || starts_at as words,
        free_from is null or starts_at >= free_from as confirmed_bookings_do_not_overlap
    from followed
    where is_confirmed

),

counted as (

    select
        {{ count_violations(id='shown_id', words='words') }}
    from rules

)

{{ checked_rules('reservations', 'counted') }}
