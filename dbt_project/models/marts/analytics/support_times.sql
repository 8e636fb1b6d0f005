-- How long members wait for support, and how they rate it: first answer, resolution and rating by priority and channel, and for all of either. Quantiles are waits that occurred.
with

tickets as (

    select
        tickets.priority,
        support_tickets.channel,
        {{ seconds_between('tickets.created_at', 'tickets.first_response_at') }} as response_seconds,
        {{ seconds_between('tickets.created_at', 'tickets.resolved_at') }} as resolution_seconds,
        tickets.csat
    from {{ ref('tickets') }} as tickets
    inner join {{ ref('udahub__tickets') }} as support_tickets
        on tickets.ticket_id = support_tickets.ticket_id

)

select
    case when grouping(priority) = 1 then 'all' else priority end as priority,
    case when grouping(channel) = 1 then 'all' else channel end as channel,
    count(*) as ticket_count,
    count(response_seconds) as answered_count,
    {% for decile in [1, 5, 9] %}
        {{ round_to('percentile_disc(' ~ decile / 10 ~ ') within group (order by response_seconds) / 60', 1) }} as response_minutes_p{{ decile }}0,
    {% endfor %}
    count(resolution_seconds) as resolved_count,
    {% for decile in [1, 5, 9] %}
        {{ round_to('percentile_disc(' ~ decile / 10 ~ ') within group (order by resolution_seconds) / 3600', 2) }} as resolution_hours_p{{ decile }}0,
    {% endfor %}
    count(csat) as rated_count,
    {{ round_to('sum(csat) / count(csat)', 2) }} as csat_mean
from tickets
group by grouping sets ((priority, channel), (priority), (channel), ())
