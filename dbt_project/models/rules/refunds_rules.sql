-- Refunds against the bookings that they are for: who gets what by the policy, stated a second time, with a calendar of business days.
with

parameters as (

    select
        as_of_at,
        {{ local_date('as_of_at') }} as today
    from {{ ref('int_parameters') }}

),

-- business days up to each day; a booking is two years old at most
calendar as (

    select
        day,
        count(case when {{ iso_weekday('day') }} <= 5 then 1 end) over (order by day) as business_days
    from (select {{ unnested_dates('today - interval 3 year', 'today + interval 1 day') }} as day from parameters) as days

),

paid_back as (

    select
        reservation_id,
        sum(amount) as amount
    from {{ ref('eventhub__refunds') }}
    group by reservation_id

),

refunds as (

    select
        refunds.*,
        parameters.as_of_at,
        reservations.reservation_id as booked_id,
        reservations.status as reservation_status,
        reservations.cancelled_at,
        reservations.cancelled_by,
        reservations.total_price,
        reservations.ticket_count as booked_tickets,
        reservations.payment_method,
        {{ days_between(local_date('refunds.requested_at'), 'reservations.event_date') }} as notice_days,
        paid_back.amount as paid_back,
        coalesce(actions.action = 'change_party_size' and actions.created_at = refunds.requested_at, false) as is_of_a_smaller_party,
        case reservations.payment_method when 'credit_card' then policies.refund_processing_days else policies.refund_wallet_days end as most_days,
        policies.refund_full_notice_days,
        policies.refund_partial_notice_days,
        policies.refund_partial_percent,
        coalesce(paid_days.business_days, todays.business_days) - requested_days.business_days as business_days
    from {{ ref('eventhub__refunds') }} as refunds
    cross join parameters
    cross join {{ ref('int_policy_values') }} as policies
    left join {{ ref('reservations') }} as reservations
        on refunds.reservation_id = reservations.reservation_id
    left join {{ ref('udahub__ticket_actions') }} as actions
        on refunds.ticket_id = actions.ticket_id
    left join paid_back
        on refunds.reservation_id = paid_back.reservation_id
    left join calendar as requested_days
        on {{ local_date('refunds.requested_at') }} = requested_days.day
    left join calendar as paid_days
        on {{ local_date('refunds.paid_at') }} = paid_days.day
    left join calendar as todays
        on parameters.today = todays.day

),

-- cancelled bookings for which the policy gives something back, and nothing was
forgotten as (

    select
        count(*) as violations,
        min(reservations.reservation_id) as example
    from {{ ref('reservations') }} as reservations
    cross join {{ ref('int_policy_values') }} as policies
    anti join paid_back
        on reservations.reservation_id = paid_back.reservation_id
    where
        reservations.cancelled_by in ('member', 'desk')
        and {{ days_between(local_date('reservations.cancelled_at'), 'reservations.event_date') }} >= policies.refund_partial_notice_days

),

rules as (

    select
        refund_id,
        booked_id is not null as reservation_exists,
        (reservation_status = 'cancelled' and cancelled_by in ('member', 'desk') and requested_at = cancelled_at)
        or (reservation_status = 'confirmed' and is_of_a_smaller_party) as refunded_when_cancelled_or_made_smaller,
        (ticket_id is not null) = (cancelled_by is not distinct from 'desk' or is_of_a_smaller_party) as ticket_is_named_exactly_when_support_gave_it_back,
        percent = case when notice_days >= refund_full_notice_days then 100 when notice_days >= refund_partial_notice_days then refund_partial_percent end as percent_is_the_policys,
        amount > 0
        and (amount * 100)::bigint = {{ int_div('(total_price * 100)::bigint * ticket_count * percent', '100 * booked_tickets') }} as amount_is_the_percent_of_the_price,
        paid_back <= total_price as refunded_at_most_the_price,
        ticket_count between 1 and booked_tickets as seats_given_back_are_the_bookings,
        method = payment_method as refunded_to_the_payment_method,
        status in ('requested', 'paid') as status_is_known,
        (status = 'paid') = (paid_at is not null) as paid_at_exactly_when_paid,
        paid_at is null or (paid_at > requested_at and paid_at <= as_of_at) as paid_after_the_request_and_not_in_the_future,
        business_days <= most_days as paid_within_the_policys_days
    from refunds

),

counted as (

    select
        {{ count_violations(id='refund_id') }},
        {{ duplicate_count('refund_id') }} as refund_id_is_unique,
        {{ id_sequence_errors('f', 'refund_id') }} as refund_id_is_sequential,
        (select {{ struct_of({'violations': 'violations', 'example': 'example'}) }} from forgotten) as every_refund_due_is_there
    from rules

)

{{ checked_rules('refunds', 'counted') }}
