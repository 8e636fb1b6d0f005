{#- Seconds from the answer to the cancellation and from there to the member's message at least, and from the answer at most. -#}
{%- set after_answer, before_message, longest = 45, 15, minutes(25) -%}
-- What was done in resolved tickets that changed data, and when: by support with its last answer, or, where a member was told how to cancel, by the member some minutes
-- later, who then says so (requirements: resolved-means-done). The rows that changed are those of the ticket, and no other ticket's.
with

tickets as (

    select * from {{ ref('int_tickets__linked') }}

),

actions as (

    select * from {{ ref('support_actions') }}

),

answered as (

    select * from {{ ref('int_tickets__answered') }}

),

guided as (

    select distinct {{ unnested("split(scenarios, ' ')") }} as scenario from {{ ref('support_guidance') }}

),

cards as (

    select * from {{ ref('int_share_cards') }}

),

resolved as (

    select
        tickets.ticket_number,
        tickets.ticket_id,
        tickets.scenario,
        tickets.action,
        tickets.effect,
        actions.interaction_type,
        tickets.user_number,
        tickets.booking_number,
        tickets.failed_attempts,
        answered.answer_turn,
        answered.actor,
        answered.answered_at,
        {{ seconds_between('answered.answered_at', 'answered.thanked_at') }} - {{ after_answer + before_message }} as free_seconds,
        {{ draw_below('cancelled after answer', 'tickets.ticket_number', 100) }} as actor_card
    from tickets
    inner join actions
        on tickets.action = actions.action
    inner join answered
        on tickets.ticket_number = answered.ticket_number
    where
        tickets.status = 'resolved'
        and actions.interaction_type is not null

),

acted as (

    select
        resolved.*,
        -- whom an answer has failed already is not told once more how to do it
        guided.scenario is not null and resolved.effect = 'cancelled_booking' and resolved.failed_attempts = 0 and coalesce(resolved.free_seconds, 0) >= {{ minutes(1) }} and cards.value = 'member' as is_by_member
    from resolved
    inner join cards
        on cards.attribute = 'cancelled_after_answer' and cards.block_size = 100 and resolved.actor_card = cards.card
    left join guided
        on resolved.scenario = guided.scenario

)

select
    ticket_number,
    ticket_id,
    action,
    effect,
    interaction_type,
    user_number,
    booking_number,
    answer_turn,
    case when is_by_member then 'member' else actor end as actor,
    case
        when is_by_member then {{ seconds_after('answered_at', after_answer ~ ' + ' ~ draw_below('member cancels', 'ticket_number', 'least(free_seconds, ' ~ longest ~ ')')) }}
        else answered_at
    end as done_at
from acted
