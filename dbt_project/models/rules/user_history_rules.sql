with

authors as (

    select distinct user_id from {{ ref('tickets') }}

),

totals as (

    select
        (select count(*) from {{ ref('reservations') }} as reservations inner join authors on reservations.user_id = authors.user_id) as bookings,
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
        totals.bookings + totals.tickets + totals.closed_tickets + totals.authors + totals.leavers as happenings,
        case
            when interaction_type = 'subscription_started' then users.subscription_started_at
            when interaction_type = 'subscription_' || users.subscription_status then users.subscription_ended_at
            when interaction_type = 'booking' then reservations.booking_date
            when interaction_type = 'ticket_opened' then tickets.created_at
            when interaction_type = 'ticket_' || tickets.status then coalesce(tickets.resolved_at, tickets.created_at + interval 1 second)
        end as happened_at,
        case
            when interaction_type = 'subscription_started' then 'Started a ' || users.subscription_tier || ' membership with ' || users.monthly_quota || ' events'
            when interaction_type = 'booking' then 'Booked ' || reservations.ticket_count || if(reservations.ticket_count = 1, ' ticket for ', ' tickets for ') || reservations.event_title || ' (' || reservations.reservation_id || ', now ' || reservations.status || ')'
            when interaction_type = 'ticket_opened' then 'support: ' || tickets.subject
            when interaction_type = 'ticket_resolved' then 'resolved: ' || tickets.subject
            when interaction_type = 'ticket_escalated' then 'specialist team: ' || tickets.subject
            else users.subscription_status
        end as named
    from {{ ref('udahub__user_history') }} as history
    cross join totals
    left join {{ ref('users') }} as users
        on history.user_id = users.user_id
    left join {{ ref('tickets') }} as tickets
        on history.ticket_id = tickets.ticket_id
    left join {{ ref('reservations') }} as reservations
        on history.user_id = reservations.user_id and regexp_extract(history.summary, ' \((r_[0-9]+), now [a-z]+\)\.$', 1) = reservations.reservation_id

),

rules as (

    select
        history_id,
        summary,
        happenings,
        (user_id, interaction_type, ticket_id, summary) as happening,
        map { 'text_has_no_unfilled_slot': strpos(summary, '{') } as places,
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
        {
            'violations': abs(count(*) - coalesce(any_value(happenings), 0)) + count(*) - count(distinct happening),
            'example': null
        } as every_happening_of_an_author_is_told_once
    from rules

)

{{ checked_rules('udahub.user_history', 'counted') }}
