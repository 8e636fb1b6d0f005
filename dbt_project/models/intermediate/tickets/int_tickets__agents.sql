with

tickets as (

    select ticket_number from {{ ref('int_tickets__linked') }}

),

agents as (

    select * from {{ ref('support_agents') }}

),

counted as (

    select count(*) as agents from agents

),

drawn as (

    select
        tickets.ticket_number,
        1 + {{ draw_below('agent', 'tickets.ticket_number', 'counted.agents') }} as agent
    from tickets
    cross join counted

)

select
    drawn.ticket_number,
    agents.name as agent_name,
    agents.style
from drawn
inner join agents
    on drawn.agent = agents.agent
