{#- Seconds that the assistant and members take. -#}
{%- set assistant_low, assistant_high = 20, 90 -%}
{%- set member_low, member_high = 150, 5400 -%}
-- When each turn is said. Answers take their time by priority and channel, agents write while support is open, and the whole ends with the ticket's
-- resolution or before as_of.
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
        scripted.*,
        waits.reply_minutes_low,
        waits.reply_minutes_high,
        channels.wait_percent
    from scripted
    inner join waits
        on scripted.priority = waits.priority
    inner join ticket_channels
        on scripted.ticket_number = ticket_channels.ticket_number
    inner join channels
        on ticket_channels.channel = channels.channel

),

keyed as (

    select
        *,
        {{ turn_key('ticket_number', 'turn') }} as turn_key
    from turns

),

drawn as (

    select
        *,
        {{ draw_between('assistant seconds', 'turn_key', assistant_low, assistant_high) }} as assistant_seconds,
        {{ minutes(draw_between('agent minutes', 'turn_key', 'reply_minutes_low', 'reply_minutes_high')) }} as agent_seconds,
        {{ draw_between('customer seconds', 'turn_key', member_low, member_high) }} as member_seconds
    from keyed

),

awaited as (

    select
        *,
        case
            when role = 'system' then 1
            when role = 'ai' then assistant_seconds
            when role = 'agent' then {{ int_div('wait_percent * agent_seconds', 100) }}
            when role = 'user' and turn = 1 then 0
            when role = 'user' then {{ int_div('wait_percent * member_seconds', 100) }}
        end as wait_seconds
    from drawn

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
    cross join policies

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

),

shortened as (

    select
        *,
        case when total_wait <= wait_limit then waited else {{ int_div('waited * wait_limit', 'total_wait') }} end as turn_after
    from limited

),

times as (

    select
        ticket_number,
        turn,
        {{ seconds_after('created_at', 'turn_after') }} as created_at
    from shortened

)

select * from times
