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

),

rules as (

    select
        ticket_id,
        subject,
        expected_ticket_id is not null as ticket_exists,
        has_same_user as ticket_is_the_same_users,
        category = expected_category
        and main_issue_type = expected_issue_type
        and status = expected_status
        and priority = expected_priority
        and subject = expected_subject
        and (reservation_id is not distinct from expected_reservation_id)
        and (event_id is not distinct from expected_event_id)
        and (resolved_at is not distinct from expected_resolved_at)
        and (agent_notes is not distinct from expected_notes)
        and tags = expected_tags as columns_are_the_tickets,
        urgency = case priority when 'urgent' then 'critical' else priority end as urgency_follows_priority,
        sentiment in ('positive', 'neutral', 'negative', 'very_negative') as sentiment_is_known,
        sentiment = mood as sentiment_is_the_mood_of_the_text,
        channel in ('chat', 'email', 'app') or (channel = 'phone' and not is_typed) as channel_is_known_and_no_phone_types,
        category != 'complaint' or sentiment != 'positive' as complaint_is_not_positive,
        rag_confidence between 0 and 1 as confidence_in_range,
        (status = 'escalated') = has_trigger as escalated_exactly_when_triggered,
        (escalation_reason is not distinct from expected_reason) as escalation_reason_names_the_triggers,
        updated_at >= last_message_at and updated_at <= as_of_at as updated_after_the_last_message
    from metadata

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='subject') }},
        {{ duplicate_count('ticket_id') }} as ticket_id_is_unique,
        { 'violations': abs(count(*) - (select count(*) from {{ ref('tickets') }})), 'example': null } as every_ticket_has_metadata
    from rules

)

{{ checked_rules('udahub.ticket_metadata', 'counted') }}
