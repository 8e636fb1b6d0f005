-- When each resolved ticket was closed: within its priority's time.
with

tickets as (

    select * from {{ ref('int_tickets__linked') }}

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
        {{ draw_between('ticket solving', 'tickets.ticket_number', 0, 1000) }} as solving_draw
    from tickets
    cross join parameters

),

awaited as (

    select
        aged.*,
        {{ hours('waits.resolve_hours_low') }} as shortest_seconds,
        {{ hours('waits.resolve_hours_high - waits.resolve_hours_low') }} as span_seconds
    from aged
    inner join waits
        on aged.priority = waits.priority

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
        * exclude (solving_draw, shortest_seconds, span_seconds, solving_seconds),
        case when status = 'resolved' then {{ seconds_after('created_at', 'solving_seconds') }} end as resolved_at
    from solved

)

select * from resolved
