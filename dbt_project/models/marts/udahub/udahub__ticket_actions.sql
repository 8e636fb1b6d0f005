-- What was done in each ticket (requirements: resolved-means-done), and by whom: what changed data in the resolved ones, and the handover of the escalated ones.
with

tickets as (

    select * from {{ ref('int_tickets__resolved') }}

),

answered as (

    select * from {{ ref('int_tickets__answered') }}

),

done as (

    select * from {{ ref('int_tickets__done') }}

),

labels as (

    select * from {{ ref('ticket_labels') }}

),

acted as (

    select ticket_number, ticket_id, actor, done_at as created_at
    from done
    union all
    select tickets.ticket_number, tickets.ticket_id, 'ai' as actor, answered.handed_over_at as created_at
    from tickets
    inner join answered
        on tickets.ticket_number = answered.ticket_number
    where tickets.status = 'escalated'

),

{{ row_places('numbered', 'acted', 'action_number', order_by=['ticket_number', 'created_at'], cut='ticket_number') }}

select
    {{ sequential_id('a', 'numbered.action_number') }} as action_id,
    numbered.ticket_id,
    labels.action,
    {{ json_text('labels.arguments') }} as arguments,
    numbered.actor,
    numbered.created_at
from numbered
inner join labels
    on numbered.ticket_id = labels.ticket_id
order by numbered.action_number
