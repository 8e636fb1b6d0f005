-- When support last answered each ticket and who, when the member wrote back after it, and when it was handed over; and the two moments at which its facts are looked up: what support says is
-- true when it answers, and what the answer key says when the answer was given that closed the ticket, or at as_of for a ticket that waits.
with

turns as (

    select * from {{ ref('int_messages__paced') }}

),

tickets as (

    select * from {{ ref('int_tickets__linked') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

answers as (

    select
        ticket_number,
        max(turn) filter (where kind in ('ai_answer', 'agent_answer')) as answer_turn,
        max_by(role, turn) filter (where kind in ('ai_answer', 'agent_answer')) as actor,
        max(created_at) filter (where kind in ('ai_answer', 'agent_answer')) as answered_at,
        max(created_at) filter (where kind = 'thanks') as thanked_at,
        min(created_at) filter (where role = 'system' and kind not in ('received', 'closing')) as handed_over_at
    from turns
    group by ticket_number

),

answered as (

    select
        tickets.ticket_number,
        answers.answer_turn,
        answers.actor,
        answers.answered_at,
        answers.thanked_at,
        answers.handed_over_at,
        coalesce(answers.answered_at, tickets.created_at) as replied_at,
        case when tickets.status = 'resolved' then answers.answered_at else parameters.as_of_at end as judged_at
    from tickets
    inner join answers
        on tickets.ticket_number = answers.ticket_number
    cross join parameters

)

select * from answered
