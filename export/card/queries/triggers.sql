-- What escalates tickets; several may hold for one.
select reason, count(*) as tickets
from (select unnest(escalation_reasons) as reason from analytics.ticket_labels) as reasons
group by reason
order by tickets desc, reason
