-- Refunds by the week in which they were requested, and whether they have been paid.
select date_trunc('week', requested_at)::date as week, status, count(*) as refunds, sum(amount)::double as dollars
from eventhub.refunds
group by all
order by all
