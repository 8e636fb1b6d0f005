-- What each ticket's facts are (macro ticket_facts), worked out once more from the marts alone, to compare the answer key and the texts with: at the answer that
-- closed the ticket, before what was done with it, or at as_of; and what support owes when it answers, as reply_*.
with

said as (

    select
        ticket_id,
        created_at,
        row_number() over (partition by ticket_id order by {{ id_number('message_id') }}) as turn
    from {{ ref('udahub__ticket_messages') }}

),

answers as (

    select
        said.ticket_id,
        max(said.created_at) as answered_at
    from said
    inner join {{ ref('int_messages__script') }} as script
        on said.ticket_id = {{ sequential_id('t', 'script.ticket_number') }} and said.turn = script.turn
    where script.kind in ('ai_answer', 'agent_answer')
    group by said.ticket_id

),

done as (

    select
        ticket_id,
        bool_or(action in ('issue_refund', 'cancel_reservation')) as was_held,
        bool_or(action = 'change_party_size') as was_larger,
        bool_or(action = 'upgrade') as was_basic
    from {{ ref('udahub__ticket_actions') }}
    group by ticket_id

),

timed as (

    select
        tickets.ticket_id,
        tickets.user_id,
        tickets.reservation_id,
        coalesce(answers.answered_at, tickets.created_at) as reply_at,
        if(tickets.status = 'resolved', answers.answered_at, parameters.as_of_at) as key_at
    from {{ ref('tickets') }} as tickets
    cross join {{ ref('int_parameters') }} as parameters
    left join answers
        on tickets.ticket_id = answers.ticket_id

),

moments as (

    select ticket_id, user_id, reservation_id, 'reply' as moment, reply_at as moment_at
    from timed
    union all
    select ticket_id, user_id, reservation_id, 'key', key_at
    from timed

),

booked as (

    select
        moments.ticket_id,
        moments.moment,
        reservations.reservation_id,
        if(done.was_held, 'confirmed', reservations.status) as status,
        {{ local_date('reservations.booking_date') }} as booking_date,
        reservations.ticket_count + if(done.was_larger, 1, 0) as ticket_count,
        reservations.payment_method,
        {{ int_div('(reservations.total_price * 100)::bigint * (reservations.ticket_count + if(done.was_larger, 1, 0))', 'reservations.ticket_count') }} as cents,
        {{ days_between(local_date('moments.moment_at'), 'reservations.event_date') }} as notice_days
    from moments
    inner join {{ ref('support_bookings') }} as reservations
        on moments.reservation_id = reservations.reservation_id
    left join done
        on moments.ticket_id = done.ticket_id

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
        {{ int_div('cents * due_percent', 100) }} as due_cents,
        {{ int_div('due_cents', 'ticket_count') }} as one_ticket_cents
    from refunds

),

quotas as (

    select
        moments.ticket_id,
        moments.moment,
        count(*) as used
    from moments
    inner join {{ ref('support_bookings') }} as reservations
        on moments.user_id = reservations.user_id
    where
        (reservations.cancelled_at is null or reservations.cancelled_at >= moments.moment_at)
        and reservations.booking_date between {{ start_of('month', 'moments.moment_at') }} and moments.moment_at
    group by moments.ticket_id, moments.moment

),

members as (

    select
        users.user_id,
        tickets.ticket_id,
        if(done.was_basic, 'basic', users.subscription_tier) as plan,
        if(done.was_basic, 5, users.monthly_quota) as monthly_quota
    from {{ ref('tickets') }} as tickets
    inner join {{ ref('users') }} as users
        on tickets.user_id = users.user_id
    left join done
        on tickets.ticket_id = done.ticket_id

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

constants as (

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
    members.plan,
    members.monthly_quota::string as monthly_quota,
    greatest(0, members.monthly_quota - coalesce(quotas.used, 0))::string as remaining_quota,
    greatest(0, members.monthly_quota - coalesce(reply_quotas.used, 0))::string as reply_remaining_quota,
    {{ format_plain_money('reply_bookings.due_cents') }} as reply_refund_due,
    case when reply_bookings.due_percent is not null then reply_bookings.refund_percent::string end as reply_refund_percent,
    {{ format_plain_money('reply_bookings.one_ticket_cents') }} as reply_one_ticket_refund,
    'premium' as next_tier,
    'cancelled' as cancelled_state,
    'paused' as paused_state,
    {{ trigger_names('triggers') }} as escalation_reasons,
    events.title as event_title,
    events.event_date::string as event_date,
    events.start_time,
    events.status as event_status,
    events.category as event_category,
    venues.name as venue_name,
    venues.neighborhood,
    venues.city,
    parking.value as venue_parking,
    case when events.category = 'comedy' then constants.comedy_age end as youngest_guest_age,
    case when events.category != 'comedy' then constants.accompanied_age end as with_adult_below_age,
    case when events.category != 'comedy' then constants.lap_child_age end as no_ticket_below_age,
    tickets.reservation_id,
    bookings.status as reservation_status,
    bookings.booking_date::string as booking_date,
    bookings.ticket_count::string as ticket_count,
    bookings.payment_method,
    {{ format_plain_money('bookings.cents') }} as total_price,
    {{ format_plain_money('bookings.due_cents') }} as refund_due,
    case when bookings.due_percent is not null then bookings.refund_percent::string end as refund_percent,
    case bookings.payment_method when 'credit_card' then constants.card_days else constants.wallet_days end as refund_days,
    case when bookings.ticket_count > 1 then (bookings.ticket_count - 1)::string end as one_ticket_less,
    {{ format_plain_money('bookings.one_ticket_cents') }} as one_ticket_refund
from {{ ref('tickets') }} as tickets
cross join constants
left join {{ ref('users') }} as users
    on tickets.user_id = users.user_id
left join {{ ref('events') }} as events
    on tickets.event_id = events.event_id
left join {{ ref('venues') }} as venues
    on events.venue_id = venues.venue_id
left join {{ ref('policies') }} as parking
    on parking.policy = 'parking_' || venues.category
left join members
    on tickets.ticket_id = members.ticket_id
left join bookings
    on tickets.ticket_id = bookings.ticket_id and bookings.moment = 'key'
left join bookings as reply_bookings
    on tickets.ticket_id = reply_bookings.ticket_id and reply_bookings.moment = 'reply'
left join quotas
    on tickets.ticket_id = quotas.ticket_id and quotas.moment = 'key'
left join quotas as reply_quotas
    on tickets.ticket_id = reply_quotas.ticket_id and reply_quotas.moment = 'reply'
left join triggers
    on tickets.ticket_id = triggers.ticket_id
