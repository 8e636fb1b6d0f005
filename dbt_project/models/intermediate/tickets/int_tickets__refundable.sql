-- What the refund policy gives back for a ticket's booking on the ticket's own day, and what is left of the member's quota in that month.
with

triaged as (

    select * from {{ ref('int_tickets__triaged') }}

),

priced as (

    select * from {{ ref('int_bookings__priced') }}

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

tickets as (

    select
        ticket_number,
        user_number,
        booking_number,
        event_number,
        created_at,
        {{ local_date('created_at') }} as ticket_date
    from triaged

),

reservations as (

    select
        booking_number,
        user_number,
        total_cents,
        ticket_count,
        status::varchar as status,
        payment_method::varchar as payment_method,
        created_at as booking_date
    from priced

),

used_quota as (

    select tickets.ticket_number, count(*) as used_bookings
    from tickets
    inner join reservations
        on tickets.user_number = reservations.user_number
    where
        reservations.status != 'cancelled'
        and reservations.booking_date <= tickets.created_at
        and {{ month_number('reservations.booking_date') }} = {{ month_number('tickets.created_at') }}
    group by tickets.ticket_number

),

noticed as (

    select
        tickets.*,
        events.event_date,
        reservations.total_cents,
        reservations.ticket_count,
        reservations.payment_method,
        reservations.status as reservation_status,
        reservations.booking_date as booked_at,
        date_diff('day', tickets.ticket_date, events.event_date) as notice_days,
        subscribed.monthly_quota - coalesce(used_quota.used_bookings, 0) as remaining_quota
    from tickets
    inner join subscribed
        on tickets.user_number = subscribed.user_number
    left join reservations
        on tickets.booking_number = reservations.booking_number
    left join events
        on tickets.event_number = events.event_number
    left join used_quota
        on tickets.ticket_number = used_quota.ticket_number

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
