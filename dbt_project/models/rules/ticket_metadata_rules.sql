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
        tickets.main_issue_type as expected_issue_type,
        tickets.status as expected_status,
        tickets.priority as expected_priority,
        tickets.subject as expected_subject,
        tickets.reservation_id as expected_reservation_id,
        tickets.event_id as expected_event_id,
        tickets.resolved_at as expected_resolved_at,
        tickets.agent_notes as expected_notes,
        concat_ws(', ', tickets.category, facts.event_category, facts.plan) as expected_tags,
        facts.escalation_reasons as expected_reason,
        support_tickets.user_id = tickets.user_id as has_same_user,
        support_tickets.channel,
        tones.is_typed,
        texts.mood,
        messages.last_message_at,
        parameters.as_of_at,
        metadata.urgency = 'critical' or metadata.sentiment = 'very_negative' or metadata.rag_confidence < 0.4 or metadata.failed_attempts >= 2 as has_trigger
    from {{ ref('udahub__ticket_metadata') }} as metadata
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('tickets') }} as tickets
        on metadata.ticket_id = tickets.ticket_id
    left join {{ ref('udahub__tickets') }} as support_tickets
        on metadata.ticket_id = support_tickets.ticket_id
    left join {{ ref('facts_restated') }} as facts
        on metadata.ticket_id = facts.ticket_id
    left join {{ ref('int_tickets__text_chosen') }} as worded
        on metadata.ticket_id = worded.ticket_id
    left join {{ ref('stg_tickets') }} as texts
        on worded.text_number = texts.ticket_number
    left join {{ ref('tones') }} as tones
        on texts.tone = tones.tone
    left join messages
        on metadata.ticket_id = messages.ticket_id

)

{{ checked_rules('udahub.ticket_metadata', 'metadata', id='ticket_id', words='subject', rows={
    'ticket_exists': "expected_ticket_id is not null",
    'ticket_is_the_same_users': "has_same_user",
    'columns_are_the_tickets': "category = expected_category and main_issue_type = expected_issue_type and status = expected_status and priority = expected_priority and subject = expected_subject and reservation_id is not distinct from expected_reservation_id and event_id is not distinct from expected_event_id and resolved_at is not distinct from expected_resolved_at and agent_notes is not distinct from expected_notes and tags = expected_tags",
    'urgency_follows_priority': "urgency = case priority when 'urgent' then 'critical' else priority end",
    'sentiment_is_known': "sentiment in ('positive', 'neutral', 'negative', 'very_negative')",
    'sentiment_is_the_mood_of_the_text': "sentiment = mood",
    'channel_is_known_and_no_phone_types': "channel in ('chat', 'email', 'app') or (channel = 'phone' and not is_typed)",
    'complaint_is_not_positive': "category != 'complaint' or sentiment != 'positive'",
    'confidence_in_range': "rag_confidence between 0 and 1",
    'escalated_exactly_when_triggered': "(status = 'escalated') = has_trigger",
    'escalation_reason_names_the_triggers': "escalation_reason is not distinct from expected_reason",
    'updated_after_the_last_message': "updated_at >= last_message_at and updated_at <= as_of_at",
}, totals={
    'ticket_id_is_unique': duplicate_count('ticket_id'),
    'every_ticket_has_metadata': row_count_gap('count(*)', ref('tickets')),
}) }}
