-- What support did in resolved tickets that changed data, and when: with its last answer (requirements: resolved-means-done). The rows that it changed are those of the
-- ticket, and no other ticket's.
select
    tickets.ticket_number,
    tickets.ticket_id,
    tickets.action,
    tickets.effect,
    actions.interaction_type,
    tickets.user_number,
    tickets.booking_number,
    answered.answer_turn,
    answered.actor,
    answered.answered_at as done_at
from {{ ref('int_tickets__linked') }} as tickets
inner join {{ ref('support_actions') }} as actions
    on tickets.action = actions.action
inner join {{ ref('int_tickets__answered') }} as answered
    on tickets.ticket_number = answered.ticket_number
where
    tickets.status = 'resolved'
    and actions.interaction_type is not null
