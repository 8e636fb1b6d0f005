with

bookers as (

    select distinct user_id from {{ ref('reservations') }}

),

tickets as (

    select
        tickets.*,
        parameters.as_of_at,
        users.email as expected_email,
        users.created_at as account_created_at,
        bookers.user_id is not null as has_bookings,
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
    left join {{ ref('reservations') }} as reservations
        on tickets.reservation_id = reservations.reservation_id
    left join {{ ref('events') }} as events
        on tickets.event_id = events.event_id

)

{{ checked_rules('tickets', 'tickets', id='ticket_id', words='subject', rows={
    'user_exists': "expected_email is not null",
    'reservation_exists': "reservation_id is null or reservation_user_id is not null",
    'event_exists': "event_id is null or expected_title is not null",
    'user_columns_are_the_users': "user_email = expected_email",
    'event_columns_are_the_events': "event_title is not distinct from expected_title",
    'reservation_is_the_users_own': "reservation_id is null or reservation_user_id = user_id",
    'event_is_the_reservations': "reservation_id is null or reservation_event_id = event_id",
    'category_is_known': "category in ('refund', 'cancellation', 'technical', 'general', 'complaint')",
    'main_issue_type_is_known': "main_issue_type in ('booking', 'refund', 'technical', 'event_info', 'account')",
    'status_is_known': "status in ('open', 'in_progress', 'resolved', 'escalated')",
    'priority_is_known': "priority in ('low', 'medium', 'high', 'urgent')",
    'created_in_the_last_30_days': "created_at between as_of_at - interval 30 day and as_of_at",
    'created_after_the_account': "created_at >= account_created_at",
    'created_after_the_booking': "reservation_id is null or created_at >= booking_date",
    'refund_and_cancellation_come_from_bookers': "category not in ('refund', 'cancellation') or has_bookings",
    'resolved_at_exactly_when_resolved': "(resolved_at is not null) = (status = 'resolved')",
    'resolved_after_creation_and_not_in_the_future': "resolved_at is null or (resolved_at > created_at and resolved_at <= as_of_at)",
    'text_has_no_unfilled_slot': "subject not like '%{%' and description not like '%{%' and coalesce(agent_notes, '') not like '%{%'",
}, totals={
    'ticket_id_is_unique': duplicate_count('ticket_id'),
    'ticket_id_is_sequential': id_sequence_errors('t', 'ticket_id'),
    'open_waiting_and_resolved_tickets_occur':
        "case when count(*) filter (where status != 'escalated') < 20 or least(" ~ var('open_percent') ~ ", " ~ var('in_progress_percent') ~ ", 100 - " ~ var('open_percent') ~ " - " ~ var('in_progress_percent') ~ ") < 5 then 0 else 3 - count(distinct status) filter (where status != 'escalated') end",
    'four_fifths_of_refunds_and_cancellations_are_linked':
        "case when 5 * count(*) filter (where category in ('refund', 'cancellation') and reservation_id is not null) >= 4 * count(*) filter (where category in ('refund', 'cancellation')) then 0 else 1 end",
}) }}
