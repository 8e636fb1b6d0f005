with

messages as (

    select ticket_id, max(created_at) as last_message_at
    from {{ ref('udahub__ticket_messages') }}
    group by ticket_id

),

metadata as (

    select
        metadata.*,
        tickets.ticket_id as expected_ticket_id,
        tickets.category as expected_category,
        tickets.status as expected_status,
        tickets.priority as expected_priority,
        tickets.subject as expected_subject,
        tickets.reservation_id as expected_reservation_id,
        tickets.event_id as expected_event_id,
        tickets.resolved_at as expected_resolved_at,
        support_tickets.user_id = tickets.user_id as has_same_user,
        messages.last_message_at,
        parameters.as_of_at,
        metadata.urgency = 'critical' or metadata.sentiment = 'very_negative' or metadata.rag_confidence < 0.4 or metadata.failed_attempts >= 2 as has_trigger
    from {{ ref('udahub__ticket_metadata') }} as metadata
    cross join {{ ref('parameters') }} as parameters
    left join {{ ref('tickets') }} as tickets
        on metadata.ticket_id = tickets.ticket_id
    left join {{ ref('udahub__tickets') }} as support_tickets
        on metadata.ticket_id = support_tickets.ticket_id
    left join messages
        on metadata.ticket_id = messages.ticket_id

)

{{ checked_rules('udahub.ticket_metadata', 'metadata', rows={
    'ticket_exists': "expected_ticket_id is not null",
    'ticket_is_the_same_users': "has_same_user",
    'columns_are_the_tickets': "category = expected_category and status = expected_status and priority = expected_priority and subject = expected_subject and reservation_id is not distinct from expected_reservation_id and event_id is not distinct from expected_event_id and resolved_at is not distinct from expected_resolved_at",
    'urgency_follows_priority': "urgency = case priority when 'urgent' then 'critical' else priority end",
    'sentiment_is_known': "sentiment in ('positive', 'neutral', 'negative', 'very_negative')",
    'complaint_is_not_positive': "category != 'complaint' or sentiment != 'positive'",
    'confidence_in_range': "rag_confidence between 0 and 1",
    'escalated_exactly_when_triggered': "(status = 'escalated') = has_trigger",
    'reason_exactly_when_escalated': "(escalation_reason is not null) = (status = 'escalated')",
    'updated_after_the_last_message': "updated_at >= last_message_at and updated_at >= created_at and updated_at <= as_of_at",
}, totals={
    'ticket_id_is_unique': repeats('ticket_id'),
}) }}
