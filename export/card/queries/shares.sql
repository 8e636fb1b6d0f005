-- Shares asked and got, percent, in the order of the seed.
select
    entity,
    attribute,
    position,
    value,
    asked_percent as asked,
    round(100.0 * got_rows / nullif(total_rows, 0), 2) as got,
    asked_rows,
    got_rows,
    holds
from analytics.share_report
order by entity, attribute, position
