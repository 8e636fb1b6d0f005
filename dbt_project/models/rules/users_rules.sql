with

users as (

    select
        users.*,
        parameters.as_of_at
    from {{ ref('users') }} as users
    cross join {{ ref('parameters') }} as parameters

)

{{ checked_rules('users', 'users', rows={
    'user_id_is_sequential': "regexp_full_match(user_id, 'u_[0-9]{5,}')",
    'name_email_phone_city_are_given': "full_name is not null and email is not null and phone is not null and city is not null and is_blocked is not null",
    'created_in_the_last_two_years': "created_at between as_of_at - interval 2 year and as_of_at",
    'joined_at_is_created_at': "joined_at = created_at",
    'tier_is_known': "subscription_tier in ('basic', 'premium')",
    'status_is_known': "subscription_status in ('active', 'cancelled', 'paused')",
    'quota_follows_tier': "monthly_quota = case subscription_tier when 'premium' then 10 else 5 end",
    'account_before_subscription': "created_at <= subscription_started_at and subscription_started_at <= as_of_at",
    'ended_exactly_when_not_active': "(subscription_ended_at is null) = (subscription_status = 'active')",
    'ended_after_start_and_not_in_the_future': "subscription_ended_at is null or (subscription_started_at < subscription_ended_at and subscription_ended_at <= as_of_at)",
}, totals={
    'user_id_is_unique': repeats('user_id'),
    'email_is_unique': repeats('lower(email)'),
}) }}
