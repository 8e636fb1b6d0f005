-- What was done in tickets against the rows that show it, both ways (requirements: resolved-means-done).
with

actions as (

    select
        actions.*,
        {{ json_value('actions.arguments', 'reservation_id') }} as reservation_id,
        {{ json_value('actions.arguments', 'user_id') }} as user_id,
        {{ json_value('actions.arguments', 'amount') }} as amount,
        {{ json_value('actions.arguments', 'ticket_count') }} as ticket_count,
        {{ json_value('actions.arguments', 'status') }} as membership_status
    from {{ ref('udahub__ticket_actions') }} as actions

),

booked as (

    select ticket_id, count(*) as action_count
    from actions
    group by ticket_id

),

spoken as (

    select ticket_id, created_at, {{ array_collect('role') }} as roles
    from {{ ref('udahub__ticket_messages') }}
    group by ticket_id, created_at

),

-- what members say who did it alone, word by word around the slots
said_so as (

    select {{ like_pattern('text') }} as pattern
    from {{ ref('support_phrases') }}
    where kind = 'thanks_self'

),

told as (

    select messages.ticket_id, max(messages.created_at) as told_at
    from {{ ref('udahub__ticket_messages') }} as messages
    inner join said_so
        on messages.content like said_so.pattern escape '^'
    where messages.role = 'user'
    group by messages.ticket_id

),

answered as (

    select ticket_id, max(created_at) as answered_at
    from {{ ref('udahub__ticket_messages') }}
    where role in ('ai', 'agent')
    group by ticket_id

),

promised as (

    select ticket_id, max(created_at) as promised_at
    from {{ ref('udahub__ticket_messages') }}
    where role = 'user' and {{ promises_to_act('content') }}
    group by ticket_id

),

recorded as (

    select user_id, created_at, {{ array_collect("interaction_type || coalesce(' in ' || ticket_id, '')") }} as interaction_types
    from {{ ref('udahub__user_history') }}
    group by user_id, created_at

),

done as (

    select
        actions.*,
        tickets.status as ticket_status,
        tickets.user_id as ticket_user_id,
        tickets.reservation_id as ticket_reservation_id,
        support_actions.action as known_action,
        support_actions.effect,
        support_actions.interaction_type,
        labels.action as expected_action,
        {{ json_text('labels.arguments') }}::string as expected_arguments,
        spoken.roles,
        promised.promised_at,
        answered.answered_at,
        told.told_at,
        recorded.interaction_types,
        reservations.status as reservation_status,
        reservations.ticket_count as kept_tickets,
        reservations.cancelled_at,
        reservations.cancelled_by,
        refunds.reservation_id as refunded_reservation_id,
        refunds.amount as refunded_amount,
        refunds.ticket_count as refunded_tickets,
        refunds.requested_at,
        users.subscription_tier,
        users.monthly_quota,
        users.subscription_status,
        users.subscription_ended_at
    from actions
    left join {{ ref('tickets') }} as tickets
        on actions.ticket_id = tickets.ticket_id
    left join {{ ref('support_actions') }} as support_actions
        on actions.action = support_actions.action and support_actions.action != 'answer'
    left join {{ ref('ticket_labels') }} as labels
        on actions.ticket_id = labels.ticket_id
    left join spoken
        on actions.ticket_id = spoken.ticket_id and actions.created_at = spoken.created_at
    left join promised
        on actions.ticket_id = promised.ticket_id
    left join answered
        on actions.ticket_id = answered.ticket_id
    left join told
        on actions.ticket_id = told.ticket_id
    left join recorded
        on tickets.user_id = recorded.user_id and actions.created_at = recorded.created_at
    left join {{ ref('support_bookings') }} as reservations
        on tickets.reservation_id = reservations.reservation_id
    left join {{ ref('eventhub__refunds') }} as refunds
        on tickets.reservation_id = refunds.reservation_id and refunds.ticket_id is not distinct from if(actions.actor = 'member', null, actions.ticket_id)
    left join {{ ref('users') }} as users
        on tickets.user_id = users.user_id

),

-- resolved tickets whose action changes data, and escalated ones, of which nothing was written down
undone as (

    select
        count(*) as violations,
        min(labels.ticket_id) as example
    from {{ ref('ticket_labels') }} as labels
    inner join {{ ref('tickets') }} as tickets
        on labels.ticket_id = tickets.ticket_id
    anti join booked
        on labels.ticket_id = booked.ticket_id
    where tickets.status in ('resolved', 'escalated') and labels.action != 'answer'

),

-- members who say that they cancelled, and did not
unfulfilled as (

    select told.ticket_id as example
    from told
    anti join done
        on told.ticket_id = done.ticket_id and done.actor = 'member' and done.created_at < told.told_at

),

-- what support is said to have cancelled or given back, without a ticket in which it did
unasked as (

    select reservations.reservation_id as example
    from {{ ref('reservations') }} as reservations
    anti join done
        on reservations.reservation_id = done.ticket_reservation_id
        and reservations.cancelled_at = done.created_at
        and done.effect = 'cancelled_booking'
    where reservations.cancelled_by = 'desk'
    union all
    select refunds.refund_id
    from {{ ref('eventhub__refunds') }} as refunds
    anti join done
        on refunds.ticket_id = done.ticket_id
        and done.effect in ('cancelled_booking', 'smaller_party')
    where refunds.ticket_id is not null

),

-- rows that more than one ticket changed, or that another ticket presumes to be as they were
contested as (

    select done.ticket_reservation_id as example
    from done
    inner join {{ ref('tickets') }} as tickets
        on done.ticket_reservation_id = tickets.reservation_id
        and done.ticket_id != tickets.ticket_id
    where done.effect is not null
    union all
    select ticket_user_id
    from done
    where effect in ('cancelled_membership', 'paused_membership', 'premium_tier')
    group by ticket_user_id
    having count(*) > 1

),

rules as (

    select
        action_id,
        action as words,
        ticket_status is not null as ticket_exists,
        known_action is not null as action_is_known,
        actor in ('ai', 'agent', 'member') as actor_is_known,
        (ticket_status = 'escalated' and action = 'escalate') or (ticket_status = 'resolved' and action != 'escalate') as done_in_resolved_and_handed_over_in_escalated_tickets,
        action = expected_action and arguments::string = expected_arguments as action_is_the_answer_keys,
        actor = 'member' or array_contains(roles, if(action = 'escalate', 'system', actor)) is true as done_at_a_message_of_its_actor,
        actor != 'member' or (answered_at < created_at and told_at > created_at and effect = 'cancelled_booking') is true as member_acts_after_the_answer_and_then_says_so,
        actor = 'member' or action = 'escalate' or promised_at is null or promised_at <= created_at as member_promises_nothing_that_was_done,
        interaction_type is null or array_contains(interaction_types, interaction_type || if(actor = 'member', '', ' in ' || ticket_id)) is true as history_records_it,
        coalesce(effect, '') != 'cancelled_booking'
        or (reservation_status = 'cancelled' and cancelled_by = if(actor = 'member', 'member', 'desk') and cancelled_at = created_at) is true as booking_is_cancelled_by_its_actor_then,
        coalesce(effect, '') != 'smaller_party'
        or (reservation_status = 'confirmed' and kept_tickets = ticket_count::bigint and refunded_tickets = 1) is true as party_is_smaller_by_the_ticket_given_back,
        coalesce(effect, '') not in ('cancelled_booking', 'smaller_party')
        or (
            reservation_id = ticket_reservation_id
            and refunded_reservation_id = reservation_id
            and refunded_amount = amount::decimal(10, 2)
            and requested_at = created_at
        ) is true as refund_is_requested_then,
        coalesce(effect, '') not in ('cancelled_membership', 'paused_membership')
        or (user_id = ticket_user_id and subscription_status = membership_status and subscription_ended_at = created_at) is true as membership_ended_then,
        coalesce(effect, '') != 'premium_tier'
        or (user_id = ticket_user_id and subscription_tier = 'premium' and monthly_quota = 10 and subscription_status = 'active') is true as member_is_premium
    from done

),

counted as (

    select
        {{ count_violations(id='action_id', words='words') }},
        {{ duplicate_count('action_id') }} as action_id_is_unique,
        {{ id_sequence_errors('a', 'action_id') }} as action_id_is_sequential,
        (select {{ struct_of({'violations': 'violations', 'example': 'example'}) }} from undone) as every_ticket_has_what_was_done,
        (select {{ struct_of({'violations': 'count(*)', 'example': 'min(example)'}) }} from unfulfilled) as who_says_to_have_cancelled_did,
        (select {{ struct_of({'violations': 'count(*)', 'example': 'min(example)'}) }} from unasked) as everything_that_the_desk_did_has_its_ticket,
        (select {{ struct_of({'violations': 'count(*)', 'example': 'min(example)'}) }} from contested) as nothing_that_was_done_is_of_two_tickets
    from rules

)

{{ checked_rules('udahub.ticket_actions', 'counted') }}
