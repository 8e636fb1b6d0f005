-- How far each ticket is (requirements: status-of-a-ticket): escalated exactly when a trigger holds; of the others the newest are open, the next in progress and the older
-- ones resolved, with some chance, so that all occur at every volume.
with

tickets as (

    select * from {{ ref('int_tickets__triaged') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

aged as (

    select
        tickets.*,
        {{ seconds_between('tickets.created_at', 'parameters.as_of_at') }} as age_seconds,
        {{ draw_between('ticket patience', 'tickets.ticket_number', 20, 100) }} as patience
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
        * exclude (age_rank, rank_count, patience, age_seconds),
        case
            when is_escalated then 'escalated'
            when age_rank * 100 <= rank_count * {{ var('open_percent') }} then 'open'
            when age_rank * 100 <= rank_count * ({{ var('open_percent') }} + {{ var('in_progress_percent') }}) then 'in_progress'
            else 'resolved'
        end as status
    from ranked

)

select * from stated
