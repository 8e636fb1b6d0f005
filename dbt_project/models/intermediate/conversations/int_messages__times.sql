-- When each turn is said. Answers take their time by priority and channel, agents write while support is open, and the whole ends with the ticket's
-- resolution or before as_of.
with

turns as (

    select
        scripted.*,
        waits.reply_minutes_low,
        waits.reply_minutes_high,
        channels.wait_percent
    from {{ ref('int_messages__script') }} as scripted
    inner join {{ ref('support_waits') }} as waits
        on scripted.priority = waits.priority
    inner join {{ ref('int_tickets__channels') }} as reached
        on scripted.ticket_number = reached.ticket_number
    inner join {{ ref('support_channels') }} as channels
        on reached.channel = channels.channel

),

awaited as (

    select
        *,
        case role
            when 'system' then 1
            when 'ai' then {{ draw_between('assistant seconds', turn_key('ticket_number', 'turn'), 20, 90) }}
            when 'agent' then {{ int_div('wait_percent * 60 * ' ~ draw_between('agent minutes', turn_key('ticket_number', 'turn'), 'reply_minutes_low', 'reply_minutes_high'), 100) }}
            when 'user' then case turn when 1 then 0 else {{ int_div('wait_percent * ' ~ draw_between('customer seconds', turn_key('ticket_number', 'turn'), 150, 5400), 100) }} end
        end as wait_seconds
    from turns

),

reached as (

    select
        *,
        sum(wait_seconds) over (partition by ticket_number order by turn) as reached_after
    from awaited

),

opened as (

    select
        reached.*,
        case reached.role
            when 'agent' then {{ seconds_until_open(seconds_after('reached.created_at', 'reached.reached_after'), 'policies') }}
            else 0
        end as closed_seconds
    from reached
    cross join {{ ref('int_policy_values') }} as policies

),

shifted as (

    select
        *,
        reached_after + sum(closed_seconds) over (partition by ticket_number order by turn) as waited
    from opened

),

limited as (

    select
        *,
        max(waited) over (partition by ticket_number) as total_wait,
        coalesce({{ seconds_between('created_at', 'resolved_at') }} - 1, {{ int_div('age_seconds * 95', 100) }}) as wait_limit
    from shifted

)

select
    ticket_number,
    turn,
    {{ seconds_after('created_at', 'case when total_wait <= wait_limit then waited else ' ~ int_div('waited * wait_limit', 'total_wait') ~ ' end') }} as created_at
from limited
