-- What an answer may have to say, by name (macro ticket_facts), as the rows behind a ticket hold it when the answer is judged: at
-- the answer that closed it, just before what was done with it, or at as_of. Plain values, as a machine compares them:
-- 42.00, 2027-03-14, 19:30. EventHub's policy constants are known besides.
with

tickets as (

    select * from {{ ref('int_tickets__linked') }}

),

slot_values as (

    select * from {{ ref('int_tickets__slot_values') }}

),

refundable as (

    select * from {{ ref('int_tickets__refundable') }}

),

described as (

    select * from {{ ref('int_events__described') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

offered as (

    select * from {{ ref('int_events__offered') }}

),

dues as (

    select
        *,
        -- nothing has been paid for a pending booking, and a cancelled one has got back what was due
        case reservation_status when 'confirmed' then refund_cents when 'pending' then 0 end as due_cents
    from refundable
    where moment = 'key'

),

events as (

    select
        described.event_number,
        described.title,
        described.category,
        described.venue_name,
        described.neighborhood,
        described.city,
        scheduled.event_date,
        scheduled.start_time,
        offered.status
    from described
    inner join scheduled
        on described.event_number = scheduled.event_number
    inner join offered
        on described.event_number = offered.event_number

),

facts as (

    select
        tickets.ticket_number,
        {{ sequential_id('u', 'tickets.user_number') }} as user_id,
        slot_values.email,
        dues.tier as plan,
        dues.monthly_quota::string as monthly_quota,
        dues.remaining_quota::string as remaining_quota,
        'premium' as next_tier,
        'cancelled' as cancelled_state,
        'paused' as paused_state,
        {{ trigger_names('tickets') }} as escalation_reasons,
        events.title as event_title,
        events.event_date::string as event_date,
        events.start_time,
        events.status as event_status,
        events.category as event_category,
        events.venue_name,
        events.neighborhood,
        events.city,
        slot_values.venue_parking,
        case when events.category = 'comedy' then {{ fill_policy_slots("'{comedy_min_age}'") }} end as youngest_guest_age,
        case when events.category != 'comedy' then {{ fill_policy_slots("'{accompanied_age}'") }} end as with_adult_below_age,
        case when events.category != 'comedy' then {{ fill_policy_slots("'{lap_child_age}'") }} end as no_ticket_below_age,
        slot_values.order_id as reservation_id,
        dues.reservation_status,
        {{ local_date('dues.booked_at') }}::string as booking_date,
        slot_values.ticket_count,
        dues.payment_method,
        {{ format_plain_money('dues.total_cents') }} as total_price,
        {{ format_plain_money('dues.due_cents') }} as refund_due,
        case when dues.due_cents is not null then dues.refund_percent::string end as refund_percent,
        case when dues.payment_method = 'credit_card' then {{ fill_policy_slots("'{refund_processing_days}'") }} else {{ fill_policy_slots("'{refund_wallet_days}'") }} end as refund_days,
        case when dues.ticket_count > 1 then (dues.ticket_count - 1)::string end as one_ticket_less,
        {{ format_plain_money(int_div('dues.due_cents', 'dues.ticket_count')) }} as one_ticket_refund
    from tickets
    inner join dues
        on tickets.ticket_number = dues.ticket_number
    inner join slot_values
        on tickets.ticket_number = slot_values.ticket_number
    left join events
        on tickets.event_number = events.event_number

)

select * from facts
