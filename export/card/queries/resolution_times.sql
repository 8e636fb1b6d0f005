-- Resolved tickets by the time until they were resolved and whether an agent had them. Each step is twice as long as the one before, and step 7 begins at an hour.
with

waits as (

    select
        assigned_agent is not null as has_agent,
        greatest(date_diff('second', created_at, resolved_at) * 64 // 3600, 1) as sixty_fourths
    from main.tickets
    where resolved_at is not null

)

select length(bin(sixty_fourths)) as step, has_agent, count(*) as tickets
from waits
group by all
order by all
