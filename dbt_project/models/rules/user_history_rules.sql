with

authors as (

    select distinct user_id from {{ ref('tickets') }}

),

actions as (

    select
        actions.*,
        support_actions.interaction_type,
        {{ json_value('actions.arguments', 'reservation_id') }} as reservation_id
    from {{ ref('udahub__ticket_actions') }} as actions
    inner join {{ ref('support_actions') }} as support_actions
        on actions.action = support_actions.action
    where support_actions.interaction_type is not null

),

upgraded as (

    select distinct {{ json_value('arguments', 'user_id') }} as user_id
    from actions
    where action = 'upgrade'

),

totals as (

    select
        (select count(*) from {{ ref('support_bookings') }} as reservations inner join authors on reservations.user_id = authors.user_id) as bookings,
        (
            select count(*)
            from {{ ref('support_bookings') }} as reservations
            inner join authors on reservations.user_id = authors.user_id
            where reservations.status = 'cancelled'
        ) as cancellations,
        (
            select count(*)
            from {{ ref('support_bookings') }} as reservations
            inner join authors on reservations.user_id = authors.user_id
            where reservations.attended_at is not null
        ) as attendances,
        (select count(*) from {{ ref('users') }} as users inner join authors on users.user_id = authors.user_id where users.is_blocked) as blocks,
        -- a booking that was cancelled and a membership that ended are counted with the others
        (select count(*) from actions where interaction_type not in ('booking_cancelled', 'subscription_cancelled', 'subscription_paused')) as other_actions,
        (select count(*) from {{ ref('tickets') }}) as tickets,
        (select count(*) from {{ ref('tickets') }} where status in ('resolved', 'escalated')) as closed_tickets,
        (select count(*) from authors) as authors,
        (select count(*) from {{ ref('users') }} as users inner join authors on users.user_id = authors.user_id where users.subscription_status != 'active') as leavers

),

history as (

    select
        history.*,
        users.created_at as account_created_at,
        tickets.user_id as ticket_user_id,
        totals.bookings + totals.cancellations + totals.attendances + totals.blocks + totals.other_actions
        + totals.tickets + totals.closed_tickets + totals.authors + totals.leavers as happenings,
        case
            when history.interaction_type = 'subscription_started' then users.subscription_started_at
            when history.interaction_type = 'subscription_' || users.subscription_status then users.subscription_ended_at
            when history.interaction_type = 'booking' then reservations.booking_date
            when history.interaction_type = 'booking_cancelled' and (history.ticket_id is null) = (reservations.cancelled_by in ('member', 'block'))
                then reservations.cancelled_at
            when history.interaction_type = 'event_attended' then reservations.attended_at
            when history.interaction_type = 'account_blocked' then users.blocked_at
            when history.interaction_type = actions.interaction_type then actions.created_at
            when history.interaction_type = 'ticket_opened' then tickets.created_at
            when history.interaction_type = 'ticket_' || tickets.status then coalesce(tickets.resolved_at, tickets.created_at + interval 1 second)
        end as happened_at,
        case
            when history.interaction_type = 'subscription_started'
                then
                    'Started a ' || if(upgraded.user_id is null, users.subscription_tier, 'basic')
                    || ' membership with ' || if(upgraded.user_id is null, users.monthly_quota, 5) || ' events'
            when history.interaction_type = 'booking'
                then
                    'Booked ' || (reservations.ticket_count + if(smaller.ticket_id is null, 0, 1))
                    || if(reservations.ticket_count + if(smaller.ticket_id is null, 0, 1) = 1, ' ticket for ', ' tickets for ')
                    || reservations.event_title || ' (' || reservations.reservation_id || ', now ' || reservations.status || ')'
            when history.interaction_type = 'ticket_opened' then 'support: ' || tickets.subject
            when history.interaction_type = 'ticket_resolved' then 'resolved: ' || tickets.subject
            when history.interaction_type = 'ticket_escalated' then 'specialist team: ' || tickets.subject
            when history.interaction_type = 'booking_cancelled'
                then
                    'Cancelled the booking for ' || reservations.event_title || ' (' || reservations.reservation_id
                    || ', by ' || case reservations.cancelled_by when 'member' then 'the member' when 'block' then 'the block' else 'support' end
            when history.interaction_type = 'event_attended' then 'Attended ' || reservations.event_title
            when history.interaction_type = 'account_blocked' then replace(users.blocked_reason, '_', ' ')
            when history.interaction_type = 'party_changed' then 'one ticket off the booking for ' || reservations.event_title
            when history.interaction_type = 'subscription_upgraded' then 'premium'
            when history.interaction_type = 'access_reset' then 'Access'
            when history.interaction_type = 'deletion_requested' then 'Deletion'
            when history.interaction_type = 'case_opened' then 'Case'
            else users.subscription_status
        end as named
    from {{ ref('udahub__user_history') }} as history
    cross join totals
    left join {{ ref('users') }} as users
        on history.user_id = users.user_id
    left join {{ ref('tickets') }} as tickets
        on history.ticket_id = tickets.ticket_id
    left join {{ ref('support_bookings') }} as reservations
        on history.user_id = reservations.user_id and regexp_extract(history.summary, {{ regex(' \\((r_[0-9]+)(?:, [a-z ]+)?\\)\\.$') }}, 1) = reservations.reservation_id
    left join actions
        on history.ticket_id = actions.ticket_id
    left join actions as smaller
        on reservations.reservation_id = smaller.reservation_id and smaller.action = 'change_party_size'
    left join upgraded
        on history.user_id = upgraded.user_id

),

rules as (

    select
        history_id,
        summary,
        happenings,
        {{ struct_of({'user_id': 'user_id', 'interaction_type': 'interaction_type', 'ticket_id': 'ticket_id', 'summary': 'summary'}) }} as happening,
        {{ map_by_name({'text_has_no_unfilled_slot': "instr(summary, '{')"}) }} as places,
        account_created_at is not null as user_exists,
        ticket_id is null or ticket_user_id = user_id as ticket_is_the_users_own,
        created_at = happened_at as happened_when_the_row_says,
        contains(summary, named) as summary_is_of_the_row,
        not contains(summary, '{') as text_has_no_unfilled_slot
    from history

),

counted as (

    select
        {{ count_violations(id='history_id', words='summary', places='places', keys=['happenings', 'happening']) }},
        {{ duplicate_count('history_id') }} as history_id_is_unique,
        {{ id_sequence_errors('h', 'history_id') }} as history_id_is_sequential,
        {{ struct_of({
            'violations': 'abs(count(*) - coalesce(any_value(happenings), 0)) + count(*) - count(distinct happening)',
            'example': 'null'
        }) }} as every_happening_of_an_author_is_told_once
    from rules

)

{{ checked_rules('udahub.user_history', 'counted') }}
