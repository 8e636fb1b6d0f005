-- What is given back for cancelled bookings, and for the ticket that support took off a party, by the policy at that moment (requirements:
-- refunds-follow-the-policy): a share of the price by the days of notice, to where the money came from, on one of the business days that the policy allows. Nothing where the notice is too
-- short, and nothing for a booking that a block has cancelled, since what is owed then is decided with the case. Of all bookings only these few are
-- numbered; nothing else sorts them.
with

bookings as (

    select * from {{ ref('int_bookings__settled') }}

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

done as (

    select * from {{ ref('int_tickets__done') }}

),

given_back as (

    select
        booking_number,
        event_number,
        ticket_count,
        total_cents,
        payment_method,
        cancelled_at as requested_at,
        ticket_id
    from bookings
    where cancelled_by != 'block'
    union all
    select
        bookings.booking_number,
        bookings.event_number,
        1 as ticket_count,
        {{ int_div('bookings.total_cents', 'bookings.ticket_count') }} as total_cents,
        bookings.payment_method,
        done.done_at as requested_at,
        done.ticket_id
    from bookings
    inner join done
        on bookings.booking_number = done.booking_number
    where done.effect = 'smaller_party'

),

noticed as (

    select
        given_back.*,
        parameters.as_of_at,
        scheduled.day_number + {{ days_between(local_date('given_back.requested_at'), 'parameters.as_of') }} as notice_days
    from given_back
    inner join scheduled
        on given_back.event_number = scheduled.event_number
    cross join parameters

),

due as (

    select
        noticed.*,
        {{ refund_percent('noticed.notice_days', 'policies') }} as percent,
        {{ refund_days('noticed.payment_method', 'policies') }} as most_days,
        {{ local_day(epoch_seconds('noticed.requested_at')) }} as requested_day
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

{{ row_places('numbered', 'sent', 'refund_number', order_by=['booking_number'], cut='booking_number') }},

timed as (

    select
        *,
        {{ from_epoch_seconds(days('sent_day') ~ ' + sent_second') }} as sent_at
    from numbered

),

refunds as (

    select
        refund_number,
        booking_number,
        {{ int_div('total_cents * percent', 100) }} as amount_cents,
        percent,
        ticket_count,
        payment_method,
        requested_at,
        case when sent_at <= as_of_at then sent_at end as paid_at,
        ticket_id
    from timed

)

select * from refunds
