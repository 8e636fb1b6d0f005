{#- Seconds that a turn takes at least: to type a notice, to read and answer. -#}
{%- set notice_least, member_least, agent_least, closing_least = 1, 20, 60, 1 -%}
{#- Medians: a notice, a member by email, a member on waking. -#}
{%- set notice_seconds, member_seconds, waking_seconds = 2, minutes(60), minutes(30) -%}
{#- The longest of the last, and the hours of the morning in which the night's messages are worked through, most of them early. -#}
{%- set longest_waking, morning_hours = hours(4), 4 -%}
{#- Medians until a ticket is closed: by the assistant, by an agent after the member's thanks, by an agent to whom nobody wrote back. -#}
{%- set assistant_closing, agent_closing, silent_closing = minutes(3), minutes(20), hours(20) -%}
{#- Medians until a specialist writes again. -#}
{%- set second_look, further_look = hours(6), days(3) -%}
{#- Hours of the day at which members are awake, Pacific time. -#}
{%- set awake_from, awake_until = 7, 23 -%}
-- How long each turn takes after the one before, and between which hours of the day it can be said: an assistant at all hours, an agent while support is open, a member awake.
-- A resolved ticket has one row more, its closing, after the last turn. Waits are log-normal, by priority and channel (requirements: people-answer-at-their-hours).
with

scripted as (

    select * from {{ ref('int_messages__script') }}

),

waits as (

    select * from {{ ref('support_waits') }}

),

ticket_channels as (

    select * from {{ ref('int_tickets__channels') }}

),

channels as (

    select * from {{ ref('support_channels') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

turns as (

    select
        ticket_number,
        priority,
        status,
        created_at,
        turn,
        role,
        kind,
        kind_turn,
        lag(role) over (partition by ticket_number order by turn) as earlier_role
    from scripted

),

lasts as (

    select
        ticket_number,
        any_value(priority) as priority,
        any_value(created_at) as created_at,
        max(turn) as last_turn,
        max_by(role, turn) as last_role,
        max_by(role, turn) filter (where role in ('ai', 'agent')) as last_support_role
    from turns
    where status = 'resolved'
    group by ticket_number

),

steps as (

    select ticket_number, priority, created_at, turn, role, kind, kind_turn, earlier_role
    from turns
    union all
    select
        ticket_number,
        priority,
        created_at,
        last_turn + 1 as turn,
        last_support_role as role,
        'closing' as kind,
        0 as kind_turn,
        last_role as earlier_role
    from lasts

),

keyed as (

    select
        steps.*,
        {{ turn_key('steps.ticket_number', 'steps.turn') }} as turn_key,
        waits.reply_minutes,
        channels.wait_percent,
        channels.assistant_seconds,
        channels.assistant_seconds_least,
        policies.support_open_hour,
        policies.support_close_hour,
        -- after such a wait support is closed only for who began it longer after an opening than a morning is, and so waits no 24 hours
        greatest({{ hours('policies.support_close_hour - policies.support_open_hour - ' ~ (morning_hours + 1)) }}, {{ hours(1) }}) as longest_look,
        least({{ hours(morning_hours) }}, {{ int_div(hours('policies.support_close_hour - policies.support_open_hour'), 2) }}) as longest_morning
    from steps
    inner join waits
        on steps.priority = waits.priority
    inner join ticket_channels
        on steps.ticket_number = ticket_channels.ticket_number
    inner join channels
        on ticket_channels.channel = channels.channel
    cross join policies

),

measured as (

    select
        *,
        case
            when kind = 'closing' and role = 'ai' then {{ assistant_closing }}
            when kind = 'closing' and earlier_role = 'user' then {{ agent_closing }}
            when kind = 'closing' then {{ silent_closing }}
            when kind = 'looked_into' and kind_turn > 0 then {{ further_look }}
            when kind = 'looked_into' and earlier_role = 'agent' then {{ second_look }}
            when role = 'ai' then assistant_seconds
            when role = 'agent' then {{ int_div('wait_percent * ' ~ minutes('reply_minutes'), 100) }}
            -- that an automatic answer has failed is seen when the member says so, or does not go on
            when role = 'system' and earlier_role = 'user' then {{ notice_seconds }}
            else {{ int_div('wait_percent * ' ~ member_seconds, 100) }}
        end as median_seconds,
        case
            when turn = 1 then 0
            when kind = 'closing' then {{ closing_least }}
            when role = 'system' then {{ notice_least }}
            when role = 'ai' then assistant_seconds_least
            when role = 'agent' then {{ agent_least }}
            else {{ member_least }}
        end as least_seconds,
        role = 'agent' and (kind = 'took_over' or (kind = 'looked_into' and kind_turn = 0)) as is_first_look,
        case role when 'agent' then support_open_hour when 'user' then {{ awake_from }} else 0 end as from_hour,
        case role when 'agent' then support_close_hour when 'user' then {{ awake_until }} else 24 end as until_hour
    from keyed

),

drawn as (

    select
        *,
        case turn when 1 then 0 else {{ lognormal_draw('turn wait', 'turn_key', 'median_seconds') }} end as drawn_seconds,
        least({{ draw_below('morning wait', 'turn_key', 'longest_morning') }}, {{ draw_below('morning wait again', 'turn_key', 'longest_morning') }}) as morning_seconds,
        {{ lognormal_draw('waking wait', 'turn_key', waking_seconds) }} % {{ longest_waking }} as waking_seconds
    from measured

),

waited as (

    select
        ticket_number,
        turn,
        role,
        kind,
        created_at,
        least_seconds,
        -- what a specialist takes over is answered within the hours that are promised (escalation_reply_hours)
        case
            when is_first_look and drawn_seconds > longest_look then longest_look - drawn_seconds % {{ hours(1) }}
            else drawn_seconds
        end as further_seconds,
        from_hour,
        until_hour,
        case
            when role = 'agent' then morning_seconds
            when role = 'user' then waking_seconds
            else 0
        end as late_seconds
    from drawn

)

select * from waited
