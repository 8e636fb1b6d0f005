{%- set most_tickets = 5000 -%}
-- The facts that the key names for resolved tickets, each beside the answer that closed the ticket; of at most 5,000 tickets, evenly spaced.
with

tickets as (

    select ticket_number, scenario
    from {{ ref('int_tickets__resolved') }}
    where status = 'resolved'

),

script as (

    select * from {{ ref('int_messages__script') }}

),

messages as (

    select * from {{ ref('int_messages') }}

),

known as (

    select * from {{ ref('int_tickets__facts') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

answered as (

    select
        script.ticket_number,
        messages.content as answer,
        row_number() over (partition by script.ticket_number order by script.turn desc) as answer_rank
    from script
    inner join messages
        on script.ticket_number = messages.ticket_number
        and script.turn = messages.turn
    where script.kind in ('ai_answer', 'agent_answer')

),

answers as (

    select ticket_number, answer
    from answered
    where answer_rank = 1

),

resolved as (

    select
        tickets.ticket_number,
        tickets.scenario,
        answers.answer,
        row_number() over (order by tickets.ticket_number) - 1 as place,
        count(*) over () as ticket_count
    from tickets
    inner join answers
        on tickets.ticket_number = answers.ticket_number

),

asked as (

    select
        resolved.ticket_number,
        resolved.scenario,
        resolved.answer,
        {{ unnested("split(scenarios.facts, ' ')") }} as fact
    from resolved
    inner join scenarios
        on resolved.scenario = scenarios.scenario
    where resolved.place % {{ int_div_up('resolved.ticket_count', most_tickets) }} = 0

),

facts as (

    select
        asked.ticket_number,
        asked.scenario,
        split_part(asked.fact, '=', 1) as name,
        {{ ticket_fact(array_get("split(asked.fact, '=')", -1), 'known') }} as value,
        asked.answer
    from asked
    inner join known
        on asked.ticket_number = known.ticket_number

)

select * from facts
where value is not null
