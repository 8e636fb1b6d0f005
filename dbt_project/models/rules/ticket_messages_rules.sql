with

ordered as (

    select
        *,
        lag(created_at) over (partition by ticket_id order by {{ id_number('message_id') }}) as previous_at,
        row_number() over (partition by ticket_id order by {{ id_number('message_id') }}) as turn,
        count(*) over (partition by ticket_id) as turn_count
    from {{ ref('udahub__ticket_messages') }}

),

messages as (

    select
        ordered.*,
        tickets.description,
        tickets.status,
        tickets.created_at as ticket_created_at,
        coalesce(tickets.resolved_at, parameters.as_of_at) as closed_at
    from ordered
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('tickets') }} as tickets
        on ordered.ticket_id = tickets.ticket_id

)

{{ checked_rules('udahub.ticket_messages', 'messages', id='message_id', words='content', rows={
    'ticket_exists': "ticket_created_at is not null",
    'role_is_known': "role in ('user', 'agent', 'ai', 'system')",
    'two_to_six_turns': "turn_count between 2 and 6",
    'conversation_opens_with_the_description': "turn > 1 or (role = 'user' and content = description and created_at = ticket_created_at)",
    'messages_follow_in_time': "turn = 1 or created_at >= previous_at",
    'messages_end_before_the_ticket_closed': "created_at <= closed_at",
    'open_ticket_waits_for_an_answer': "turn < turn_count or status != 'open' or role in ('user', 'system')",
    'answered_ticket_has_an_agents_last_word': "turn < turn_count or status != 'in_progress' or role = 'agent'",
    'escalated_ticket_was_handed_over': "turn < turn_count or status != 'escalated' or role in ('system', 'agent')",
    'text_has_no_unfilled_slot': {'holds': "content not like '%{%'", 'at': "strpos(content, '{')"},
}, totals={
    'message_id_is_unique': duplicate_count('message_id'),
    'every_ticket_has_a_conversation': row_count_gap('count(distinct ticket_id)', ref('tickets')),
    'message_id_is_sequential': id_sequence_errors('m', 'message_id'),
}) }}
