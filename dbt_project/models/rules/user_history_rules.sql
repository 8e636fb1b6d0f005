with

history as (

    select
        history.*,
        users.created_at as account_created_at,
        tickets.user_id as ticket_user_id,
        parameters.as_of_at
    from {{ ref('udahub__user_history') }} as history
    cross join {{ ref('parameters') }} as parameters
    left join {{ ref('users') }} as users
        on history.user_id = users.user_id
    left join {{ ref('tickets') }} as tickets
        on history.ticket_id = tickets.ticket_id

)

{{ checked_rules('udahub.user_history', 'history', rows={
    'user_exists': "account_created_at is not null",
    'ticket_is_the_users_own': "ticket_id is null or ticket_user_id = user_id",
    'happened_after_the_account_and_before_as_of': "created_at >= account_created_at and created_at <= as_of_at",
    'text_has_no_unfilled_slot': "summary is not null and summary not like '%{%'",
}, totals={
    'history_id_is_unique': repeats('history_id'),
}) }}
