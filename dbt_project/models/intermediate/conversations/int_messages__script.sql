with

linked as (

    select * from {{ ref('int_tickets__linked') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

conversation_scripts as (

    select * from {{ ref('conversation_scripts') }}

),

tickets as (

    select
        linked.*,
        {{ seconds_between('linked.created_at', 'parameters.as_of_at') }} as age_seconds,
        least(linked.failed_attempts, case when linked.status = 'escalated' then 2 else 1 end) as shown_attempts
    from linked
    cross join parameters

),

scripts as (

    select distinct script, status, failed_attempts, min_age_days, max_age_days, weight from conversation_scripts

),

placed as (

    select
        tickets.ticket_number,
        scripts.script,
        scripts.weight,
        sum(scripts.weight) over (partition by tickets.ticket_number order by scripts.script) as weight_up_to,
        sum(scripts.weight) over (partition by tickets.ticket_number) as weight_sum
    from tickets
    inner join scripts
        on tickets.status = scripts.status
        and tickets.shown_attempts = scripts.failed_attempts
        and tickets.age_seconds >= {{ days('coalesce(scripts.min_age_days, 0)') }}
        and (scripts.max_age_days is null or tickets.age_seconds < {{ days('scripts.max_age_days') }})

),

drawn as (

    select
        tickets.*,
        placed.script
    from tickets
    inner join placed
        on tickets.ticket_number = placed.ticket_number
        and {{ draw_below('conversation script', 'tickets.ticket_number', 'placed.weight_sum') }} >= placed.weight_up_to - placed.weight
        and {{ draw_below('conversation script', 'tickets.ticket_number', 'placed.weight_sum') }} < placed.weight_up_to

),

script as (

    select
        drawn.ticket_number,
        drawn.text_number,
        drawn.scenario,
        drawn.status,
        drawn.priority,
        drawn.created_at,
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
