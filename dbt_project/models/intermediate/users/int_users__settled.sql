-- When memberships began and ended: one that support ended in a ticket ended then (int_tickets__done), not on the day that was drawn for it.
select
    dated.user_number,
    dated.created_at,
    dated.started_at,
    case when done.effect in ('cancelled_membership', 'paused_membership') then done.done_at else dated.ended_at end as ended_at,
    done.ticket_id,
    done.effect
from {{ ref('int_users__dated') }} as dated
left join {{ ref('int_tickets__done') }} as done
    on dated.user_number = done.user_number
    and done.effect in ('cancelled_membership', 'paused_membership', 'premium_tier')
