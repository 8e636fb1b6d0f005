-- The answer key agrees with the rows, worked out again from the marts; and what a scenario presumes is true of the ticket it is told in.
with

labels as (

    select
        labels.*,
        labels.action_arguments['reservation_id'] as acted_reservation_id,
        tickets.category as expected_category,
        tickets.main_issue_type as expected_issue_type,
        tickets.status,
        tickets.user_id,
        tickets.reservation_id,
        articles.article_id,
        actions.action as known_action,
        splits.opening_number,
        needs.links_to,
        needs.reservation_status as needed_reservation_status,
        needs.event_status as needed_event_status,
        needs.user_tier as needed_tier,
        needs.subscription_state as needed_subscription_state,
        needs.is_blocked as needed_block,
        needs.is_premium_event as needed_premium_event,
        needs.min_tickets,
        needs.min_days_ahead,
        needs.max_days_ahead,
        needs.min_booked_days,
        users.subscription_tier,
        users.is_blocked,
        case users.subscription_status when 'active' then 'active' else 'ended' end as subscription_state,
        events.title,
        events.event_date,
        events.start_time,
        events.status as event_status,
        events.is_premium,
        reservations.status as reservation_status,
        reservations.ticket_count,
        {{ seconds_between('reservations.booking_date', 'tickets.created_at') }} as booked_seconds,
        reservations.total_price,
        parameters.as_of,
        {{ refund_percent_of("date_diff('day', " ~ local_date('tickets.created_at') ~ ", events.event_date)", 'policies') }} as refund_percent
    from {{ ref('ticket_labels') }} as labels
    cross join {{ ref('parameters') }} as parameters
    cross join {{ ref('policy_values') }} as policies
    left join {{ ref('tickets') }} as tickets
        on labels.ticket_id = tickets.ticket_id
    left join {{ ref('kb_articles') }} as articles
        on labels.expected_article_id = articles.article_id
    left join {{ ref('int_tickets__worded') }} as worded
        on labels.ticket_id = worded.ticket_id
    left join {{ ref('int_ticket_texts__split') }} as splits
        on worded.text_number = splits.ticket_number
    left join {{ ref('support_actions') }} as actions
        on labels.action = actions.action
    left join {{ ref('support_scenarios') }} as scenarios
        on labels.scenario = scenarios.scenario
    left join {{ ref('scenario_needs') }} as needs
        on scenarios.need = needs.need
    left join {{ ref('users') }} as users
        on tickets.user_id = users.user_id
    left join {{ ref('events') }} as events
        on tickets.event_id = events.event_id
    left join {{ ref('reservations') }} as reservations
        on tickets.reservation_id = reservations.reservation_id

),

due as (

    select
        *,
        case when reservation_status = 'confirmed' then {{ whole('(total_price * 100)::bigint * refund_percent', 100) }} else 0 end as due_cents,
        (action_arguments['amount']::decimal(10, 2) * 100)::bigint as acted_cents
    from labels

)

{{ checked_rules('ticket_labels', 'due', rows={
    'columns_are_the_tickets': "category = expected_category and main_issue_type = expected_issue_type",
    'article_exists': "expected_article_id is null or article_id is not null",
    'should_escalate_exactly_when_escalated': "should_escalate = (status = 'escalated')",
    'reasons_exactly_when_it_should_escalate': "should_escalate = (len(escalation_reasons) > 0)",
    'action_is_known': "action = known_action",
    'action_is_escalate_exactly_when_it_should': "(action = 'escalate') = should_escalate",
    'action_is_on_the_tickets_own_held_booking': "action = 'open_case' or acted_reservation_id is null or (acted_reservation_id = reservation_id and reservation_status in ('confirmed', 'pending'))",
    'action_is_on_the_tickets_own_user': "coalesce(action_arguments['user_id'], user_id) = user_id",
    'amount_is_what_the_policy_gives_back': "action not in ('issue_refund', 'cancel_reservation') or acted_cents = due_cents",
    'amount_is_the_share_of_one_ticket': "action != 'change_party_size' or (acted_cents = due_cents // ticket_count and action_arguments['ticket_count']::bigint = ticket_count - 1)",
    'facts_are_the_rows': "coalesce((facts['refund_due']::decimal(10, 2) * 100)::bigint = due_cents, true) and coalesce(facts['total_price']::decimal(10, 2), total_price, 0) = coalesce(total_price, 0) and coalesce(facts['event_date']::date = event_date, true) and coalesce(facts['start_time'] = start_time, true) and coalesce(facts['event_title'] = title, true)",
    'difficulty_is_known': "difficulty in ('easy', 'medium', 'hard')",
    'split_is_known': "split in ('train', 'dev', 'test')",
    'user_is_who_the_scenario_speaks_of': "is_blocked = needed_block and subscription_tier = coalesce(needed_tier, subscription_tier) and subscription_state = coalesce(needed_subscription_state, subscription_state)",
    'event_is_what_the_scenario_speaks_of': "links_to != 'event' or (event_status = needed_event_status and is_premium = coalesce(needed_premium_event, is_premium))",
    'booking_is_what_the_scenario_speaks_of': "links_to != 'reservation' or (reservation_status = needed_reservation_status and ticket_count >= coalesce(min_tickets, 1) and event_date - as_of between coalesce(min_days_ahead, 0) and coalesce(max_days_ahead, 1000) and booked_seconds >= 86400 * coalesce(min_booked_days, 0))",
}, totals={
    'ticket_id_is_unique': repeats('ticket_id'),
    'texts_of_one_opening_share_a_split': "count(distinct (opening_number, split)) - count(distinct opening_number)",
}) }}
