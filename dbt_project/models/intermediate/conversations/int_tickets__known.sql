-- Everything an answer may have to say, by name: what the rows behind a ticket hold on its day, and the house's constants. Plain values, as a machine
-- compares them: 42.00, 2027-03-14, 19:30.
with

tickets as (

    select * from {{ ref('int_tickets__triaged') }}

),

dues as (

    select
        *,
        -- nothing has been paid for a pending booking, and what a cancelled one got back depends on a day that is not known
        case reservation_status when 'confirmed' then refund_cents when 'pending' then 0 end as due_cents
    from {{ ref('int_tickets__refundable') }}

),

facts as (

    select * from {{ ref('int_tickets__facts') }}

),

events as (

    select * from {{ ref('events') }}

),

venues as (

    select * from {{ ref('venues') }}

),

constants as (

    select map(list(policy order by policy), list(value order by policy)) as by_policy from {{ ref('policies') }}

)

select
    tickets.ticket_number,
    map_concat(constants.by_policy, map {
        'user_id': {{ sequential_id('u', 'tickets.user_number') }},
        'email': facts.email,
        'plan': facts.plan,
        'monthly_quota': facts.monthly_quota,
        'remaining_quota': facts.remaining_quota,
        'next_tier': 'premium',
        'cancelled_state': 'cancelled',
        'paused_state': 'paused',
        'escalation_reasons': {{ named_triggers('tickets') }},
        'event_title': events.title,
        'event_date': events.event_date::varchar,
        'start_time': events.start_time,
        'event_status': events.status,
        'event_category': events.category,
        'venue_name': events.venue_name,
        'neighborhood': venues.neighborhood,
        'city': events.city,
        'venue_parking': facts.venue_parking,
        'youngest_guest_age': case events.category when 'comedy' then constants.by_policy['comedy_min_age'] end,
        'accompanied_age': case when events.category is distinct from 'comedy' then constants.by_policy['accompanied_age'] end,
        'lap_child_age': case when events.category is distinct from 'comedy' then constants.by_policy['lap_child_age'] end,
        'reservation_id': facts.order_id,
        'reservation_status': dues.reservation_status,
        'booking_date': {{ local_date('dues.booked_at') }}::varchar,
        'ticket_count': facts.ticket_count,
        'payment_method': dues.payment_method,
        'total_price': {{ plain_money('dues.total_cents') }},
        'refund_due': {{ plain_money('dues.due_cents') }},
        'refund_percent': case when dues.due_cents is not null then facts.refund_percent end,
        'refund_days': constants.by_policy[case when dues.payment_method = 'credit_card' then 'refund_processing_days' else 'refund_wallet_days' end],
        'one_ticket_less': case when dues.ticket_count > 1 then (dues.ticket_count - 1)::varchar end,
        'one_ticket_refund': {{ plain_money(whole('dues.due_cents', 'dues.ticket_count')) }}
    }) as known
from tickets
inner join dues
    on tickets.ticket_number = dues.ticket_number
inner join facts
    on tickets.ticket_number = facts.ticket_number
left join events
    on {{ sequential_id('e', 'tickets.event_number') }} = events.event_id
left join venues
    on events.venue_id = venues.venue_id
cross join constants
