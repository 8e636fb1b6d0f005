-- How far each ticket is (requirements: status-of-a-ticket): escalated exactly when a trigger holds; of the others the newest are open, the next in progress and the older
-- ones resolved, with some chance, so that all occur at every volume. A resolved ticket was closed within its priority's time.
with

tickets as (

    select * from {{ ref('int_tickets__triaged') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

waits as (

    select * from {{ ref('support_waits') }}

),

aged as (

    select
        tickets.*,
        {{ seconds_between('tickets.created_at', 'parameters.as_of_at') }} as age_seconds,
        {{ draw_between('ticket patience', 'tickets.ticket_number', 20, 100) }} as patience,
        {{ draw_between('ticket solving', 'tickets.ticket_number', 0, 1000) }} as solving_draw
    from tickets
    cross join parameters

),

ranked as (

    select
        *,
        row_number() over (partition by is_escalated order by age_seconds * patience, ticket_number) as age_rank,
        count(*) over (partition by is_escalated) as rank_count
    from aged

),

stated as (

    select
        *,
        case
            when is_escalated then 'escalated'
            when age_rank * 100 <= rank_count * {{ var('open_percent') }} then 'open'
            when age_rank * 100 <= rank_count * ({{ var('open_percent') }} + {{ var('in_progress_percent') }}) then 'in_progress'
            else 'resolved'
        end as status
    from ranked

),

awaited as (

    select
        stated.*,
        {{ hours('waits.resolve_hours_low') }} as shortest_seconds,
        {{ hours('waits.resolve_hours_high - waits.resolve_hours_low') }} as span_seconds
    from stated
    inner join waits
        on stated.priority = waits.priority

),

-- within nine tenths of its age, and so before as_of
solved as (

    select
        *,
        least(shortest_seconds + {{ int_div('span_seconds * solving_draw', 1000) }}, {{ int_div('age_seconds * 9', 10) }}) as solving_seconds
    from awaited

),

resolved as (

    select
        * exclude (age_rank, rank_count, patience, solving_draw, shortest_seconds, span_seconds, solving_seconds),
        case when status = 'resolved' then {{ seconds_after('created_at', 'solving_seconds') }} end as resolved_at
    from solved

)

select * from resolved
