with

authors as (

    select distinct user_id from {{ ref('tickets') }}

),

counted as (

    select count(*) as booking_count
    from {{ ref('reservations') }} as reservations
    inner join authors
        on reservations.user_id = authors.user_id

),

history as (

    select
        history.*,
        users.created_at as account_created_at,
        users.subscription_started_at,
        counted.booking_count,
        tickets.user_id as ticket_user_id,
        parameters.as_of_at
    from {{ ref('udahub__user_history') }} as history
    cross join {{ ref('parameters') }} as parameters
    cross join counted
    left join {{ ref('users') }} as users
        on history.user_id = users.user_id
    left join {{ ref('tickets') }} as tickets
        on history.ticket_id = tickets.ticket_id

)

{{ checked_rules('udahub.user_history', 'history', rows={
    'user_exists': "account_created_at is not null",
    'ticket_is_the_users_own': "ticket_id is null or ticket_user_id = user_id",
    'happened_after_the_account_and_before_as_of': "created_at >= account_created_at and created_at <= as_of_at",
    'membership_began_when_it_did': "interaction_type != 'subscription_started' or created_at = subscription_started_at",
    'text_has_no_unfilled_slot': "summary is not null and summary not like '%{%'",
}, totals={
    'history_id_is_unique': repeats('history_id'),
    'every_booking_of_an_author_is_told': "abs(count(*) filter (where interaction_type = 'booking') - any_value(booking_count))",
    'a_membership_begins_once': "abs(count(*) filter (where interaction_type = 'subscription_started') - count(distinct user_id))",
}) }}
