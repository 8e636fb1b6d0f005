with

agents as (

    select {{ array_collect('name') }} as names
    from {{ ref('support_agents') }}

),

messages as (

    select
        messages.ticket_id,
        max(messages.created_at) as last_message_at,
        min(messages.created_at) filter (where messages.role in ('ai', 'agent')) as first_response_at,
        count(*) filter (where messages.role = 'agent') as agent_messages,
        -- names of agents in the words of agents; a message may hold the member's, too
        {{ array_collect(array_filter('agents.names', 'name', 'contains(messages.content, name)'), condition="messages.role = 'agent'") }} as signed
    from {{ ref('udahub__ticket_messages') }} as messages
    cross join agents
    group by messages.ticket_id

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
        tickets.assigned_agent as expected_agent,
        tickets.first_response_at as expected_response_at,
        tickets.csat as expected_csat,
        concat_ws(', ', tickets.category, facts.event_category, users.subscription_tier) as expected_tags,
        facts.escalation_reasons as expected_reason,
        support_tickets.user_id = tickets.user_id as has_same_user,
        support_tickets.channel,
        tones.is_typed,
        texts.mood,
        messages.last_message_at,
        messages.first_response_at as answered_at,
        messages.agent_messages,
        messages.signed,
        parameters.as_of_at,
        metadata.urgency = 'critical'
        or metadata.sentiment = 'very_negative'
        or metadata.rag_confidence < 0.4
        or metadata.failed_attempts >= 2 as has_trigger
    from {{ ref('udahub__ticket_metadata') }} as metadata
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('tickets') }} as tickets
        on metadata.ticket_id = tickets.ticket_id
    left join {{ ref('udahub__tickets') }} as support_tickets
        on metadata.ticket_id = support_tickets.ticket_id
    left join {{ ref('facts_restated') }} as facts
        on metadata.ticket_id = facts.ticket_id
    left join {{ ref('users') }} as users
        on tickets.user_id = users.user_id
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
        and (assigned_agent is not distinct from expected_agent)
        and (first_response_at is not distinct from expected_response_at)
        and (csat is not distinct from expected_csat)
        and tags = expected_tags as columns_are_the_tickets,
        urgency = case priority when 'urgent' then 'critical' else priority end as urgency_follows_priority,
        sentiment in ('positive', 'neutral', 'negative', 'very_negative') as sentiment_is_known,
        sentiment = mood as sentiment_is_the_mood_of_the_text,
        channel in ('chat', 'email', 'app') or (channel = 'phone' and not is_typed) as channel_is_known_and_no_phone_types,
        category != 'complaint' or sentiment != 'positive' as complaint_is_not_positive,
        rag_confidence between 0 and 1 as confidence_in_range,
        (status = 'escalated') = has_trigger as escalated_exactly_when_triggered,
        (escalation_reason is not distinct from expected_reason) as escalation_reason_names_the_triggers,
        (first_response_at is not distinct from answered_at) as first_response_is_the_first_answer,
        (assigned_agent is not null) = (agent_messages > 0) as assigned_agent_exactly_where_one_wrote,
        assigned_agent is null
        or coalesce({{ array_size(array_filter('signed', 'names', array_size('names') ~ ' > 0 and not array_contains(names, assigned_agent)')) }}, 0) = 0 as assigned_agent_signs,
        csat is null or (status = 'resolved' and csat between 1 and 5) as rating_is_of_a_resolved_ticket,
        status != 'escalated' or created_at > as_of_at - interval 2 day or agent_messages > 0 as escalated_ticket_of_two_days_has_an_agent,
        updated_at >= last_message_at and updated_at <= as_of_at as updated_after_the_last_message
    from metadata

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='subject') }},
        {{ duplicate_count('ticket_id') }} as ticket_id_is_unique,
        {{ struct_of({'violations': 'abs(count(*) - (select count(*) from ' ~ ref('tickets') ~ '))', 'example': 'null'}) }} as every_ticket_has_metadata
    from rules

)

{{ checked_rules('udahub.ticket_metadata', 'counted') }}
