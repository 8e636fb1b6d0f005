-- The words of each turn, slots open: the customer's and the question that they answer are the landed ones, support's other words come from the seeds. The answer with which
-- something was done says so, and no other does; and a member who meant to do it alone just says thanks. A member who did it alone was told how,
-- and says that it is done. An agent who gave no name signs the answer.
with

turns as (

    select * from {{ ref('int_messages__script') }}

),

texts as (

    select * from {{ ref('int_tickets__worded') }}

),

replies as (

    select * from {{ ref('int_replies') }}

),

done as (

    select * from {{ ref('int_tickets__done') }}

),

agents as (

    select * from {{ ref('int_tickets__agents') }}

),

reply_counts as (

    select distinct scenario, kind, style, variant_count from replies

),

spoken as (

    select
        turns.*,
        case
            when done.answer_turn = turns.turn and done.actor = 'member' then turns.role || '_guide'
            when done.answer_turn = turns.turn then turns.role || '_done'
            when done.answer_turn < turns.turn and turns.kind = 'thanks' and done.actor = 'member' then 'thanks_self'
            when done.answer_turn < turns.turn and turns.kind = 'thanks' and {{ promises_to_act('texts.thanks') }} then 'thanks_done'
            else turns.kind
        end as reply_kind,
        case when turns.kind = 'agent_answer' then agents.style else '' end as reply_style
    from turns
    inner join agents
        on turns.ticket_number = agents.ticket_number
    inner join texts
        on turns.ticket_number = texts.ticket_number
    left join done
        on turns.ticket_number = done.ticket_number

),

addressed as (

    select
        spoken.*,
        reply_counts.scenario as reply_scenario,
        ({{ draw_below('reply variant', 'spoken.ticket_number', 'reply_counts.variant_count') }} + spoken.kind_turn) % reply_counts.variant_count as reply_variant
    from spoken
    left join reply_counts
        on spoken.reply_kind = reply_counts.kind
        and spoken.reply_style = reply_counts.style
        and reply_counts.scenario = case when spoken.kind in ('asks', 'ai_answer', 'agent_answer') then spoken.scenario else '' end

),

words as (

    select
        addressed.ticket_number,
        addressed.turn,
        addressed.turn_count,
        addressed.role,
        addressed.kind,
        case addressed.kind
            when 'description' then texts.description
            when 'follow_up' then texts.follow_up
            when 'pushback' then texts.pushback
            when 'thanks' then coalesce(replies.text, texts.thanks)
            when 'asks' then coalesce(texts.question, replies.text)
            else replies.text || case when closings.text is not null and replies.text not like '%{agent_name}%' then ' ' || closings.text else '' end
        end as text
    from addressed
    inner join texts
        on addressed.ticket_number = texts.ticket_number
    left join replies
        on addressed.reply_kind = replies.kind
        and addressed.reply_style = replies.style
        and addressed.reply_scenario = replies.scenario
        and addressed.reply_variant = replies.variant
    left join replies as closings
        on addressed.kind = 'agent_answer'
        and closings.kind = 'closing'
        and closings.variant = {{ draw_below('closing', 'addressed.ticket_number', 'closings.variant_count') }}

)

select * from words
