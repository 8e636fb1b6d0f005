-- Days count as of the ticket; what support owes, as of its answer.
with

tickets as (

    select * from {{ ref('int_tickets__linked') }}

),

refundable as (

    select * from {{ ref('int_tickets__refundable') }}

),

answers as (

    select * from {{ ref('int_tickets__answerable') }}

),

named as (

    select * from {{ ref('int_users__named') }}

),

dated as (

    select * from {{ ref('int_users__dated') }}

),

agents as (

    select * from {{ ref('int_tickets__agents') }}

),

events as (

    select * from {{ ref('int_events__described') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

venue_categories as (

    select * from {{ ref('venue_categories') }}

),

parking as (

    select * from {{ ref('policies') }}

),

neighborhoods as (

    select * from {{ ref('neighborhoods') }}

),

users as (

    select
        named.*,
        dated.created_at as joined_at
    from named
    inner join dated
        on named.user_number = dated.user_number

),

dues as (

    select
        *,
        {{ local_date('booked_at') }} as booked_date,
        {{ days_between(local_date('booked_at'), 'ticket_date') }} as booked_days_ago
    from refundable
    where moment = 'reply'

),

slot_values as (

    select
        tickets.ticket_number,
        tickets.is_escalated,
        {{ given_name('users.full_name') }} as first_name,
        users.full_name,
        users.email,
        dues.tier as plan,
        dues.monthly_quota::string as monthly_quota,
        {{ format_moment('users.joined_at', '%B %Y') }} as member_since,
        events.title as event_title,
        events.venue_name,
        events.city,
        coalesce(neighborhoods.spoken_name, events.neighborhood) as neighborhood,
        {{ format_moment('dues.event_date', '%A, %B %-d') }} as event_date,
        -- a bare weekday only where it can mean no other week
        case when dues.days_ahead <= 6 then {{ format_moment('dues.event_date', '%A') }} else {{ format_moment('dues.event_date', '%A, %B %-d') }} end as event_day,
        {{ format_moment("('2000-01-01 ' || scheduled.start_time || ':00')::timestamp", '%-I:%M') }} || case when scheduled.start_time < '12:00' then ' am' else ' pm' end as event_time,
        case dues.days_ahead when 1 then 'tomorrow' else 'in ' || {{ format_day_span('dues.days_ahead') }} end as event_when,
        {{ sequential_id('r', 'tickets.booking_number') }} as order_id,
        dues.ticket_count || case dues.ticket_count when 1 then ' ticket' else ' tickets' end as tickets,
        case dues.ticket_count when 1 then 'my ticket' else 'my ' || dues.ticket_count || ' tickets' end as my_tickets,
        dues.ticket_count::string as ticket_count,
        {{ format_money('dues.total_cents') }} as total_price,
        {{ format_date('dues.booked_date') }} as booking_date,
        case dues.booked_days_ago
            when 0 then 'today'
            when 1 then 'yesterday'
            else {{ format_day_span('dues.booked_days_ago') }} || ' ago'
        end as booked_ago,
        case dues.payment_method
            when 'credit_card' then 'credit card'
            when 'paypal' then 'PayPal'
            when 'apple_pay' then 'Apple Pay'
            when 'google_pay' then 'Google Pay'
        end as payment_method,
        agents.agent_name,
        answers.cited_title as article_title,
        {{ format_money('dues.refund_cents') }} as refund_due,
        case when dues.ticket_count > 1 then (dues.ticket_count - 1) || case dues.ticket_count when 2 then ' ticket' else ' tickets' end end as tickets_kept,
        {{ format_money(int_div('dues.refund_cents', 'dues.ticket_count')) }} as one_ticket_refund,
        case when dues.payment_method = 'credit_card' then {{ fill_policy_slots("'{refund_processing_days}'") }} else {{ fill_policy_slots("'{refund_wallet_days}'") }} end || ' business days' as refund_days,
        dues.refund_percent::string as refund_percent,
        dues.remaining_quota::string as remaining_quota,
        case dues.refund_percent when 100 then 'the full price' when 0 then 'nothing' else dues.refund_percent || ' percent of the price' end as refund_share,
        case dues.refund_percent
            when 100 then {{ format_money('dues.refund_cents') }} || ', the full price'
            when 0 then 'nothing, as the event is too close'
            else {{ format_money('dues.refund_cents') }} || ', which is ' || dues.refund_percent || ' percent of the price'
        end as refund_outcome,
        events.category as event_category,
        case
            when events.category = 'comedy' then {{ fill_policy_slots("'a comedy night and only for guests of {comedy_min_age} and older'") }}
            when events.category is not null then {{ fill_policy_slots("'open to children: an adult comes along for anyone under {accompanied_age}, and under {lap_child_age} they share a seat without a ticket'") }}
        end as event_ages,
        parking.value as venue_parking
    from tickets
    inner join users
        on tickets.user_number = users.user_number
    inner join agents
        on tickets.ticket_number = agents.ticket_number
    inner join dues
        on tickets.ticket_number = dues.ticket_number
    inner join answers
        on tickets.ticket_number = answers.ticket_number
    left join events
        on tickets.event_number = events.event_number
    left join scheduled
        on tickets.event_number = scheduled.event_number
    left join venue_categories
        on events.category = venue_categories.event_category
    left join parking
        on 'parking_' || venue_categories.category = parking.policy
    left join neighborhoods
        on events.city = neighborhoods.city
        and events.neighborhood = neighborhoods.neighborhood

)

select * from slot_values
