-- The course of each conversation, one row a turn: a script that fits the ticket's status and the automatic answers that failed, weighted by chance.
with

resolved as (

    select * from {{ ref('int_tickets__resolved') }}

),

conversation_scripts as (

    select * from {{ ref('conversation_scripts') }}

),

tickets as (

    select
        *,
        least(failed_attempts, case when status = 'escalated' then 2 else 1 end) as shown_attempts
    from resolved

),

scripts as (

    select distinct script, status, failed_attempts, weight from conversation_scripts

),

placed as (

    select
        *,
        sum(weight) over (partition by status, failed_attempts order by script) as weight_up_to,
        sum(weight) over (partition by status, failed_attempts) as weight_sum
    from scripts

),

drawn as (

    select
        tickets.*,
        scripts.script
    from tickets
    inner join placed as scripts
        on tickets.status = scripts.status
        and tickets.shown_attempts = scripts.failed_attempts
        and {{ draw_below('conversation script', 'tickets.ticket_number', 'scripts.weight_sum') }} >= scripts.weight_up_to - scripts.weight
        and {{ draw_below('conversation script', 'tickets.ticket_number', 'scripts.weight_sum') }} < scripts.weight_up_to

),

script as (

    select
        drawn.ticket_number,
        drawn.text_number,
        drawn.scenario,
        drawn.priority,
        drawn.created_at,
        drawn.resolved_at,
        drawn.age_seconds,
        turns.turn,
        max(turns.turn) over (partition by drawn.ticket_number) as turn_count,
        turns.role,
        case
            when turns.kind = 'answer' then turns.role || '_answer'
            when turns.kind = 'handover' and drawn.is_critical then 'critical'
            when turns.kind = 'handover' and drawn.is_very_negative then 'very_negative'
            when turns.kind = 'handover' and drawn.has_repeated_failures then 'repeated_failures'
            when turns.kind = 'handover' then 'low_confidence'
            else turns.kind
        end as kind,
        count(*) over (partition by drawn.ticket_number, turns.role, turns.kind order by turns.turn) - 1 as kind_turn
    from drawn
    inner join conversation_scripts as turns
        on drawn.script = turns.script

)

select * from script
