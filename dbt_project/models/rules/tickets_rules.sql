{%- set open, waiting = var('open_percent') | string, var('in_progress_percent') | string -%}
{%- set least_percent = 'least(' ~ open ~ ', ' ~ waiting ~ ', 100 - ' ~ open ~ ' - ' ~ waiting ~ ')' -%}
{#- Too few for each of the three to occur. -#}
{%- set are_few = "count(*) filter (where status != 'escalated') < 20 or " ~ least_percent ~ ' < 5' -%}
{%- set linked = "count(reservation_id) filter (where category in ('refund', 'cancellation'))" -%}
{%- set asking = "count(*) filter (where category in ('refund', 'cancellation'))" -%}
-- Of bookings, only those of tickets and of their members are joined: of millions, all would have to be kept.
with

bookers as (

    select distinct user_id from {{ ref('support_bookings') }} where user_id in (select user_id from {{ ref('tickets') }})

),

ticket_bookings as (

    select * from {{ ref('support_bookings') }} where reservation_id in (select reservation_id from {{ ref('tickets') }})

),

tickets as (

    select
        tickets.*,
        parameters.as_of_at,
        users.email as expected_email,
        users.created_at as account_created_at,
        bookers.user_id is not null as has_bookings,
        count(*) over (partition by tickets.user_id) as tickets_of_the_user,
        reservations.user_id as reservation_user_id,
        reservations.event_id as reservation_event_id,
        reservations.booking_date,
        events.title as expected_title
    from {{ ref('tickets') }} as tickets
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('users') }} as users
        on tickets.user_id = users.user_id
    left join bookers
        on tickets.user_id = bookers.user_id
    left join ticket_bookings as reservations
        on tickets.reservation_id = reservations.reservation_id
    left join {{ ref('events') }} as events
        on tickets.event_id = events.event_id

),

rules as (

    select
        ticket_id,
        subject,
        category,
        status,
        reservation_id,
        expected_email is not null as user_exists,
        reservation_id is null or reservation_user_id is not null as reservation_exists,
        event_id is null or expected_title is not null as event_exists,
        user_email = expected_email as user_columns_are_the_users,
        (event_title is not distinct from expected_title) as event_columns_are_the_events,
        reservation_id is null or reservation_user_id = user_id as reservation_is_the_users_own,
        reservation_id is null or reservation_event_id = event_id as event_is_the_reservations,
        category in ('refund', 'cancellation', 'technical', 'general', 'complaint') as category_is_known,
        main_issue_type in ('booking', 'refund', 'technical', 'event_info', 'account') as main_issue_type_is_known,
        status in ('open', 'in_progress', 'resolved', 'escalated') as status_is_known,
        priority in ('low', 'medium', 'high', 'urgent') as priority_is_known,
        created_at between as_of_at - interval 30 day and as_of_at as created_in_the_last_30_days,
        created_at >= account_created_at as created_after_the_account,
        reservation_id is null or created_at >= booking_date as created_after_the_booking,
        tickets_of_the_user <= 4 as nobody_writes_more_than_four_tickets,
        category not in ('refund', 'cancellation') or has_bookings as refund_and_cancellation_come_from_bookers,
        (resolved_at is not null) = (status = 'resolved') as resolved_at_exactly_when_resolved,
        resolved_at is null or (resolved_at > created_at and resolved_at <= as_of_at) as resolved_after_creation_and_not_in_the_future,
        not contains(subject, '{')
        and not contains(description, '{')
        and not contains(coalesce(agent_notes, ''), '{') as text_has_no_unfilled_slot
    from tickets

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='subject', keys=['category', 'status', 'reservation_id']) }},
        {{ duplicate_count('ticket_id') }} as ticket_id_is_unique,
        {{ id_sequence_errors('t', 'ticket_id') }} as ticket_id_is_sequential,
        {{ struct_of({'violations': 'case when ' ~ are_few ~ " then 0 else 3 - count(distinct status) filter (where status != 'escalated') end", 'example': 'null'}) }} as open_waiting_and_resolved_tickets_occur,
        {{ struct_of({'violations': 'case when 5 * ' ~ linked ~ ' >= 4 * ' ~ asking ~ ' then 0 else 1 end', 'example': 'null'}) }} as four_fifths_of_refunds_and_cancellations_are_linked
    from rules

)

{{ checked_rules('tickets', 'counted') }}
