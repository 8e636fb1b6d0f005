-- What is given back for cancelled bookings, by the policy at the moment of the cancellation (requirements: refunds-follow-the-policy): a share of the
-- price by the days of notice, to where the money came from, on one of the business days that the policy allows. Nothing where the notice is too
-- short, and nothing for a booking that a block has cancelled, since what is owed then is decided with the case. Of all bookings only these few are
-- numbered; nothing else sorts them.
with

bookings as (

    select * from {{ ref('int_bookings__priced') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

cancelled as (

    select
        booking_number,
        event_number,
        ticket_count,
        total_cents,
        payment_method,
        cancelled_at
    from bookings
    where cancelled_by != 'block'

),

noticed as (

    select
        cancelled.*,
        parameters.as_of_at,
        scheduled.day_number + date_diff('day', {{ local_date('cancelled.cancelled_at') }}, parameters.as_of) as notice_days
    from cancelled
    inner join scheduled
        on cancelled.event_number = scheduled.event_number
    cross join parameters

),

due as (

    select
        noticed.*,
        {{ refund_percent('noticed.notice_days', 'policies') }} as percent,
        {{ refund_days('noticed.payment_method', 'policies') }} as most_days,
        {{ local_day(epoch_seconds('noticed.cancelled_at')) }} as requested_day
    from noticed
    cross join policies

),

-- banks send money from nine to five
sent as (

    select
        *,
        {{ business_days_after('requested_day', draw_between('refund day', 'booking_number', '1', 'most_days')) }} as sent_day,
        {{ hours(17) }} + {{ draw_below('refund moment', 'booking_number', hours(8)) }} as sent_second
    from due
    where percent > 0

),

numbered as (

    select
        *,
        {{ from_epoch_seconds(days('sent_day') ~ ' + sent_second') }} as sent_at,
        row_number() over (order by booking_number) as refund_number
    from sent

),

refunds as (

    select
        refund_number,
        booking_number,
        {{ int_div('total_cents * percent', 100) }} as amount_cents,
        percent,
        ticket_count,
        payment_method,
        cancelled_at as requested_at,
        case when sent_at <= as_of_at then sent_at end as paid_at
    from numbered

)

select * from refunds
