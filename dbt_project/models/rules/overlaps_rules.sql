-- Confirmed bookings of a member in the order of their events: none begins before those before it have ended (requirements: no-two-events-at-once).
with

events as (

    select event_id, {{ adapter.quote('when') }} as starts_at, duration_minutes from {{ ref('events') }}

),

confirmed as (

    select
        reservations.user_id,
        reservations.reservation_id,
        events.starts_at,
        {{ seconds_after('events.starts_at', minutes('events.duration_minutes')) }} as ends_at
    from {{ ref('reservations') }} as reservations
    inner join events
        on reservations.event_id = events.event_id
    where reservations.status = 'confirmed'

),

followed as (

    select
        *,
        max(ends_at) over (partition by user_id order by starts_at, reservation_id rows between unbounded preceding and 1 preceding) as free_from
    from confirmed

),

rules as (

    select
        reservation_id,
        user_id || ' is at another event until ' || free_from || ', this one begins at ' || starts_at as words,
        free_from is null or starts_at >= free_from as confirmed_bookings_do_not_overlap
    from followed

),

counted as (

    select
        {{ count_violations(id='reservation_id', words='words') }}
    from rules

)

{{ checked_rules('reservations', 'counted') }}
