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
        hour({{ pacific_time('ordered.created_at') }}) as hour_of_day,
        channels.assistant_seconds_least,
        policies.support_open_hour,
        policies.support_close_hour,
        coalesce(tickets.resolved_at, parameters.as_of_at) as closed_at
    from ordered
    cross join {{ ref('int_parameters') }} as parameters
    cross join {{ ref('int_policy_values') }} as policies
    left join {{ ref('tickets') }} as tickets
        on ordered.ticket_id = tickets.ticket_id
    left join {{ ref('udahub__tickets') }} as support_tickets
        on ordered.ticket_id = support_tickets.ticket_id
    left join {{ ref('support_channels') }} as channels
        on support_tickets.channel = channels.channel

),

rules as (

    select
        message_id,
        ticket_id,
        content,
        {{ map_by_name({'text_has_no_unfilled_slot': "instr(content, '{')"}) }} as places,
        ticket_created_at is not null as ticket_exists,
        role in ('user', 'agent', 'ai', 'system') as role_is_known,
        turn_count between 2 and 6 as two_to_six_turns,
        turn > 1 or (role = 'user' and content = description and created_at = ticket_created_at) as conversation_opens_with_the_description,
        turn = 1 or created_at >= previous_at as messages_follow_in_time,
        created_at <= closed_at as messages_end_before_the_ticket_closed,
        role != 'agent' or (hour_of_day >= support_open_hour and hour_of_day < support_close_hour) as agent_writes_while_support_is_open,
        turn = 1 or role != 'user' or hour_of_day between 7 and 22 as member_writes_again_by_day,
        turn = 1 or role != 'ai' or {{ seconds_between('previous_at', 'created_at') }} >= coalesce(assistant_seconds_least, 0) as assistant_takes_the_time_of_the_channel,
        turn < turn_count or status != 'open' or role in ('user', 'system') as open_ticket_waits_for_an_answer,
        turn < turn_count or status != 'in_progress' or role = 'agent' as answered_ticket_has_an_agents_last_word,
        turn < turn_count or status != 'escalated' or role in ('system', 'agent') as escalated_ticket_was_handed_over,
        not contains(content, '{') as text_has_no_unfilled_slot
    from messages

),

counted as (

    select
        {{ count_violations(id='message_id', words='content', places='places', keys=['ticket_id']) }},
        {{ duplicate_count('message_id') }} as message_id_is_unique,
        {{ struct_of({'violations': 'abs(count(distinct ticket_id) - (select count(*) from ' ~ ref('tickets') ~ '))', 'example': 'null'}) }} as every_ticket_has_a_conversation,
        {{ id_sequence_errors('m', 'message_id') }} as message_id_is_sequential
    from rules

)

{{ checked_rules('udahub.ticket_messages', 'counted') }}
