-- What a ticket may speak of, per need of the scenarios: a member, a member with an event, or a member with a booking. Candidates stand in a
-- drawn order that differs per need.
with

needs as (

    select *, row_number() over (order by need) as need_number from {{ ref('scenario_needs') }}

),

members as (

    select
        identified.user_number,
        subscribed.tier,
        case when subscribed.status = 'active' then 'active' else 'ended' end as subscription_state,
        subscribed.is_blocked,
        bookings.user_number is not null as has_bookings
    from {{ ref('int_users__identified') }} as identified
    inner join {{ ref('int_users__subscribed') }} as subscribed
        on identified.user_number = subscribed.user_number
    left join {{ ref('int_user_bookings') }} as bookings
        on identified.user_number = bookings.user_number

),

bookings as (

    select
        {{ id_number('reservations.reservation_id') }} as booking_number,
        {{ id_number('reservations.user_id') }} as user_number,
        {{ id_number('reservations.event_id') }} as event_number,
        reservations.status,
        reservations.ticket_count,
        reservations.booking_date as booked_at
    from {{ ref('reservations') }} as reservations
    cross join {{ ref('parameters') }} as parameters
    where
        {{ draw_below('ticket candidate', id_number('reservations.reservation_id'), 'greatest(parameters.reservations, 1)') }} < 200 * parameters.tickets
        and reservations.booking_date < {{ seconds_after('parameters.as_of_at', '-7200') }}

),

events as (

    select
        offered.event_number,
        offered.status,
        offered.is_premium,
        scheduled.day_number
    from {{ ref('int_events__offered') }} as offered
    inner join {{ ref('int_events__scheduled') }} as scheduled
        on offered.event_number = scheduled.event_number

),

eligible_members as (

    select needs.need, needs.need_number, needs.links_to, members.user_number
    from needs
    inner join members
        on (needs.is_blocked = members.is_blocked)
        and (needs.user_tier is null or needs.user_tier = members.tier)
        and (needs.subscription_state is null or needs.subscription_state = members.subscription_state)
        and (not needs.requires_bookings or members.has_bookings)

),

eligible_events as (

    select
        needs.need,
        needs.need_number,
        events.event_number,
        row_number() over (partition by needs.need order by {{ draw('event of ticket', 'events.event_number * 64 + needs.need_number') }}, events.event_number) - 1 as event_rank
    from needs
    inner join events
        on needs.links_to = 'event'
        and needs.event_status = events.status
        and (needs.is_premium_event is null or needs.is_premium_event = events.is_premium)

),

event_counts as (

    select need, count(*) as event_count
    from eligible_events
    group by need

),

event_members as (

    select
        eligible_members.*,
        eligible_members.user_number % event_counts.event_count as event_rank
    from eligible_members
    inner join event_counts
        on eligible_members.need = event_counts.need

),

candidates as (

    select
        eligible_members.need,
        eligible_members.need_number,
        eligible_members.user_number,
        null::bigint as booking_number,
        null::bigint as event_number,
        null::timestamp as booked_at
    from eligible_members
    where links_to = 'user'

    union all

    select
        event_members.need,
        event_members.need_number,
        event_members.user_number,
        null,
        eligible_events.event_number,
        null
    from event_members
    inner join eligible_events
        on event_members.need = eligible_events.need
        and event_members.event_rank = eligible_events.event_rank

    union all

    select
        eligible_members.need,
        eligible_members.need_number,
        eligible_members.user_number,
        bookings.booking_number,
        bookings.event_number,
        bookings.booked_at
    from eligible_members
    inner join needs
        on eligible_members.need = needs.need
    inner join bookings
        on eligible_members.user_number = bookings.user_number
        and needs.reservation_status = bookings.status
        and (needs.min_tickets is null or bookings.ticket_count >= needs.min_tickets)
    inner join events
        on bookings.event_number = events.event_number
        and (needs.min_days_ahead is null or events.day_number >= needs.min_days_ahead)
        and (needs.max_days_ahead is null or events.day_number <= needs.max_days_ahead)
    where needs.links_to = 'reservation'

)

select
    need,
    user_number,
    booking_number,
    event_number,
    booked_at,
    row_number() over (
        partition by need
        order by {{ draw('ticket candidate order', 'user_number * 64 + need_number') }}, {{ draw('ticket booking order', 'coalesce(booking_number, 0) * 64 + need_number') }}, user_number, booking_number
    ) - 1 as candidate_rank
from candidates
