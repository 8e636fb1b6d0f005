-- What is said in each turn and when. The customer's words are the landed ones, support's come from the seeds; slots are filled from the ticket's
-- rows. Answers take their time by priority, and the whole ends with the ticket's resolution or before as_of.
with

turns as (

    select
        scripted.*,
        waits.reply_minutes_low,
        waits.reply_minutes_high
    from {{ ref('int_tickets__scripted') }} as scripted
    inner join {{ ref('support_waits') }} as waits
        on scripted.priority = waits.priority

),

texts as (

    select * from {{ ref('stg_tickets') }}

),

replies as (

    select * from {{ ref('int_replies') }}

),

reply_counts as (

    select distinct scenario, kind, variant_count from replies

),

addressed as (

    select
        turns.*,
        reply_counts.scenario as reply_scenario,
        ({{ draw_below('reply variant', 'turns.ticket_number', 'reply_counts.variant_count') }} + turns.kind_turn) % reply_counts.variant_count as reply_variant
    from turns
    left join reply_counts
        on turns.kind = reply_counts.kind
        and reply_counts.scenario = case when turns.kind in ('asks', 'ai_answer', 'agent_answer') then turns.scenario else '' end

),

worded as (

    select
        addressed.*,
        case addressed.kind
            when 'description' then texts.description
            when 'follow_up' then texts.follow_up
            when 'pushback' then texts.pushback
            when 'thanks' then texts.thanks
            else replies.text
        end as text,
        case addressed.role
            when 'system' then 1
            when 'ai' then {{ draw_between('assistant seconds', 'addressed.ticket_number * 8 + addressed.turn', 20, 90) }}
            when 'agent' then 60 * {{ draw_between('agent minutes', 'addressed.ticket_number * 8 + addressed.turn', 'addressed.reply_minutes_low', 'addressed.reply_minutes_high') }}
            when 'user' then case addressed.turn when 1 then 0 else {{ draw_between('customer seconds', 'addressed.ticket_number * 8 + addressed.turn', 90, 5400) }} end
        end as wait_weight
    from addressed
    inner join texts
        on addressed.text_number = texts.ticket_number
    left join replies
        on addressed.kind = replies.kind
        and addressed.reply_scenario = replies.scenario
        and addressed.reply_variant = replies.variant

),

paced as (

    select
        *,
        sum(wait_weight) over (partition by ticket_number order by turn) as waited,
        sum(wait_weight) over (partition by ticket_number) as total_wait,
        least(coalesce({{ seconds_between('created_at', 'resolved_at') }} - 1, {{ whole('age_seconds * 95', 100) }}), sum(wait_weight) over (partition by ticket_number)) as allowed_wait
    from worded

)

select
    paced.ticket_number,
    paced.turn,
    paced.turn_count,
    paced.role,
    paced.kind,
    {{ filled_facts('paced.text', 'facts') }} as content,
    {{ seconds_after('paced.created_at', 'case when paced.total_wait = 0 then 0 else ' ~ whole('paced.waited * paced.allowed_wait', 'paced.total_wait') ~ ' end') }} as created_at
from paced
inner join {{ ref('int_tickets__facts') }} as facts
    on paced.ticket_number = facts.ticket_number
