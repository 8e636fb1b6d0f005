-- Minutes until the first answer, by channel: a tenth, half and nine tenths of the answered tickets waited no longer.
select
    channel,
    answered_count as tickets,
    response_minutes_p10 as p10,
    response_minutes_p50 as median,
    response_minutes_p90 as p90
from analytics.support_times
where priority = 'all' and channel != 'all' and answered_count > 0
order by median, channel
