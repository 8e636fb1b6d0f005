-- What support says in fixed phrases fits the ticket: a handover names a trigger that holds (requirements: what-escalates-a-ticket), a note the ticket's status. The phrases are found
-- in the texts again, whatever their slots were filled with.
with

phrases as (

    select
        kind,
        case trigger
            when 'critical' then 'critical_urgency'
            when 'very_negative' then 'very_negative_sentiment'
            when 'low_confidence' then 'low_rag_confidence'
            else trigger
        end as trigger_name,
        {{ like_pattern(fill_policy_slots('text')) }} as pattern
    from {{ ref('support_phrases') }}

),

handovers as (

    select
        messages.ticket_id,
        {{ array_collect_distinct('phrases.trigger_name') }} as trigger_names
    from {{ ref('udahub__ticket_messages') }} as messages
    inner join phrases
        on phrases.kind = 'handover' and messages.content like phrases.pattern escape '^'
    where messages.role != 'user'
    group by messages.ticket_id

),

notes as (

    select
        tickets.ticket_id,
        {{ array_collect('phrases.kind') }} as kinds
    from {{ ref('tickets') }} as tickets
    inner join phrases
        on {{ starts_with('phrases.kind', "'note_'") }} and tickets.agent_notes like phrases.pattern escape '^'
    group by tickets.ticket_id

),

conversations as (

    select
        ticket_id,
        max_by(role, {{ id_number('message_id') }}) as last_role,
        max_by(role, {{ id_number('message_id') }}) filter (where role in ('ai', 'agent')) as last_support_role
    from {{ ref('udahub__ticket_messages') }}
    group by ticket_id

),

tickets as (

    select
        tickets.ticket_id,
        tickets.agent_notes,
        tickets.status,
        coalesce(handovers.trigger_names, {{ array_of([]) }}) as trigger_names,
        labels.escalation_reasons,
        notes.kinds,
        case when conversations.last_role = 'user' then conversations.last_support_role else 'silent' end as answered_by
    from {{ ref('tickets') }} as tickets
    inner join {{ ref('ticket_labels') }} as labels
        on tickets.ticket_id = labels.ticket_id
    left join conversations
        on tickets.ticket_id = conversations.ticket_id
    left join handovers
        on tickets.ticket_id = handovers.ticket_id
    left join notes
        on tickets.ticket_id = notes.ticket_id

),

rules as (

    select
        ticket_id,
        agent_notes,
        (status = 'escalated') = ({{ array_size('trigger_names') }} > 0)
        and {{ array_has_all('escalation_reasons', 'trigger_names') }} as handover_names_triggers_that_hold,
        case status
            when 'open' then agent_notes is null
            when 'resolved' then array_contains(kinds, 'note_resolved_' || answered_by)
            else array_contains(kinds, 'note_' || status)
        end as note_fits_the_status_and_the_conversation
    from tickets

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='agent_notes') }}
    from rules

)

{{ checked_rules('tickets', 'counted') }}
