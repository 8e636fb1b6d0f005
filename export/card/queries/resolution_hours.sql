-- Tickets resolved at each hour of the day in California, by whether an agent had them.
select hour_of_day, resolved_by_assistant, resolved_by_agent
from analytics.support_hours
order by hour_of_day
