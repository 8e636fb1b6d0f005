-- What each ticket's facts are (macro ticket_facts), worked out once more from the marts alone, to compare the answer key and the texts with.
with

booked as (

    select
        tickets.ticket_id,
        reservations.reservation_id,
        reservations.status,
        {{ local_date('reservations.booking_date') }} as booking_date,
        reservations.ticket_count,
        reservations.payment_method,
        (reservations.total_price * 100)::bigint as cents,
        date_diff('day', {{ local_date('tickets.created_at') }}, reservations.event_date) as notice_days
    from {{ ref('tickets') }} as tickets
    inner join {{ ref('reservations') }} as reservations
        on tickets.reservation_id = reservations.reservation_id

),

refunds as (

    select
        booked.*,
        {{ refund_percent('booked.notice_days', 'policies') }} as refund_percent,
        case booked.status when 'confirmed' then refund_percent when 'pending' then 0 end as due_percent
    from booked
    cross join {{ ref('int_policy_values') }} as policies

),

bookings as (

    select
        *,
        cents * due_percent // 100 as due_cents,
        due_cents // ticket_count as one_ticket_cents
    from refunds

),

quotas as (

    select
        tickets.ticket_id,
        count(*) as used
    from {{ ref('tickets') }} as tickets
    inner join {{ ref('reservations') }} as reservations
        on tickets.user_id = reservations.user_id
    where
        reservations.status != 'cancelled'
        and reservations.booking_date between date_trunc('month', tickets.created_at) and tickets.created_at
    group by tickets.ticket_id

),

triggers as (

    select
        ticket_id,
        urgency = 'critical' as is_critical,
        sentiment = 'very_negative' as is_very_negative,
        rag_confidence < 0.4 as is_low_confidence,
        failed_attempts >= 2 as has_repeated_failures
    from {{ ref('udahub__ticket_metadata') }}

),

houses as (

    select
        max(value) filter (where policy = 'comedy_min_age') as comedy_age,
        max(value) filter (where policy = 'accompanied_age') as accompanied_age,
        max(value) filter (where policy = 'lap_child_age') as lap_child_age,
        max(value) filter (where policy = 'refund_processing_days') as card_days,
        max(value) filter (where policy = 'refund_wallet_days') as wallet_days
    from {{ ref('policies') }}

)

select
    tickets.ticket_id,
    {{ local_date('tickets.created_at') }} as ticket_date,
    tickets.user_id,
    users.full_name,
    users.created_at as joined_at,
    users.email,
    users.subscription_tier as plan,
    users.monthly_quota::varchar as monthly_quota,
    (users.monthly_quota - coalesce(quotas.used, 0))::varchar as remaining_quota,
    'premium' as next_tier,
    'cancelled' as cancelled_state,
    'paused' as paused_state,
    {{ trigger_names('triggers') }} as escalation_reasons,
    events.title as event_title,
    events.event_date::varchar as event_date,
    events.start_time,
    events.status as event_status,
    events.category as event_category,
    venues.name as venue_name,
    venues.neighborhood,
    venues.city,
    parking.value as venue_parking,
    case when events.category = 'comedy' then houses.comedy_age end as youngest_guest_age,
    case when events.category != 'comedy' then houses.accompanied_age end as with_adult_below_age,
    case when events.category != 'comedy' then houses.lap_child_age end as no_ticket_below_age,
    tickets.reservation_id,
    bookings.status as reservation_status,
    bookings.booking_date::varchar as booking_date,
    bookings.ticket_count::varchar as ticket_count,
    bookings.payment_method,
    {{ format_plain_money('bookings.cents') }} as total_price,
    {{ format_plain_money('bookings.due_cents') }} as refund_due,
    case when bookings.due_percent is not null then bookings.refund_percent::varchar end as refund_percent,
    case bookings.payment_method when 'credit_card' then houses.card_days else houses.wallet_days end as refund_days,
    case when bookings.ticket_count > 1 then (bookings.ticket_count - 1)::varchar end as one_ticket_less,
    {{ format_plain_money('bookings.one_ticket_cents') }} as one_ticket_refund
from {{ ref('tickets') }} as tickets
cross join houses
left join {{ ref('users') }} as users
    on tickets.user_id = users.user_id
left join {{ ref('events') }} as events
    on tickets.event_id = events.event_id
left join {{ ref('venues') }} as venues
    on events.venue_id = venues.venue_id
left join {{ ref('policies') }} as parking
    on parking.policy = 'parking_' || venues.category
left join bookings
    on tickets.ticket_id = bookings.ticket_id
left join quotas
    on tickets.ticket_id = quotas.ticket_id
left join triggers
    on tickets.ticket_id = triggers.ticket_id
