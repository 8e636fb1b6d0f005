-- The booking is as it was before support changed it: held, and one ticket larger than the smaller party.
with

linked as (

    select * from {{ ref('int_tickets__linked') }}

),

answered as (

    select * from {{ ref('int_tickets__answered') }}

),

settled as (

    select * from {{ ref('int_bookings__settled') }}

),

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

events as (

    select * from {{ ref('int_events__scheduled') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

moments as (

    select ticket_number, 'reply' as moment, replied_at as moment_at from answered
    union all
    select ticket_number, 'key' as moment, judged_at as moment_at from answered

),

tickets as (

    select
        moments.ticket_number,
        moments.moment,
        moments.moment_at,
        {{ local_date('moments.moment_at') }} as moment_date,
        linked.user_number,
        linked.booking_number,
        linked.event_number,
        linked.effect,
        linked.created_at,
        {{ local_date('linked.created_at') }} as ticket_date
    from moments
    inner join linked
        on moments.ticket_number = linked.ticket_number

),

reservations as (

    select
        booking_number,
        user_number,
        total_cents,
        ticket_count,
        status::string as status,
        payment_method::string as payment_method,
        created_at as booking_date,
        cancelled_at
    from settled

),

used_quota as (

    select tickets.ticket_number, tickets.moment, count(*) as used_bookings
    from tickets
    inner join reservations
        on tickets.user_number = reservations.user_number
    where
        (reservations.cancelled_at is null or reservations.cancelled_at >= tickets.moment_at)
        and reservations.booking_date <= tickets.moment_at
        and {{ month_number('reservations.booking_date') }} = {{ month_number('tickets.moment_at') }}
    group by tickets.ticket_number, tickets.moment

),

booked as (

    select
        tickets.ticket_number,
        tickets.moment,
        reservations.booking_date,
        reservations.payment_method,
        case when tickets.effect = 'cancelled_booking' then 'confirmed' else reservations.status end as status,
        reservations.ticket_count + (tickets.effect is not distinct from 'smaller_party')::bigint as ticket_count,
        case when tickets.effect = 'smaller_party' then {{ int_div('reservations.total_cents * (reservations.ticket_count + 1)', 'reservations.ticket_count') }} else reservations.total_cents end as total_cents
    from tickets
    inner join reservations
        on tickets.booking_number = reservations.booking_number

),

members as (

    select
        tickets.ticket_number,
        tickets.moment,
        case when tickets.effect = 'premium_tier' then 'basic' else subscribed.tier end as tier,
        case when tickets.effect = 'premium_tier' then policies.basic_monthly_quota else subscribed.monthly_quota end as monthly_quota
    from tickets
    inner join subscribed
        on tickets.user_number = subscribed.user_number
    cross join policies

),

noticed as (

    select
        tickets.*,
        events.event_date,
        booked.total_cents,
        booked.ticket_count,
        booked.payment_method,
        booked.status as reservation_status,
        booked.booking_date as booked_at,
        {{ days_between('tickets.ticket_date', 'events.event_date') }} as days_ahead,
        {{ days_between('tickets.moment_date', 'events.event_date') }} as notice_days,
        members.tier,
        members.monthly_quota,
        greatest(0, members.monthly_quota - coalesce(used_quota.used_bookings, 0)) as remaining_quota
    from tickets
    inner join members
        on tickets.ticket_number = members.ticket_number
        and tickets.moment = members.moment
    left join booked
        on tickets.ticket_number = booked.ticket_number
        and tickets.moment = booked.moment
    left join events
        on tickets.event_number = events.event_number
    left join used_quota
        on tickets.ticket_number = used_quota.ticket_number
        and tickets.moment = used_quota.moment

),

due as (

    select
        noticed.*,
        case when noticed.total_cents is not null then {{ refund_percent('noticed.notice_days', 'policies') }} end as refund_percent
    from noticed
    cross join policies

),

refundable as (

    select
        *,
        {{ int_div('total_cents * refund_percent', 100) }} as refund_cents
    from due

)

select * from refundable
