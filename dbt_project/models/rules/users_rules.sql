with

users as (

    select
        users.*,
        parameters.as_of_at,
        subscriptions.subscription_id,
        cities.phone_format,
        landed.full_name as landed_name,
        landed.email as landed_email,
        landed.city as landed_city,
        split_part(users.full_name, ' ', 1) in (select split_part(full_name, ' ', 1) from {{ ref('stg_users') }}) as has_landed_given_name,
        regexp_replace(users.full_name, '^[^ ]+', '') in (select regexp_replace(full_name, '^[^ ]+', '') from {{ ref('stg_users') }}) as has_landed_family_name
    from {{ ref('users') }} as users
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('eventhub__subscriptions') }} as subscriptions
        on users.user_id = subscriptions.user_id
    left join {{ ref('cities') }} as cities
        on users.city = cities.city
    left join {{ ref('stg_users') }} as landed
        on users.user_id = {{ sequential_id('u', 'landed.user_number') }}

)

{{ checked_rules('users', 'users', id='user_id', words='full_name', rows={
    'name_email_phone_city_are_given': "full_name is not null and email is not null and phone is not null and city is not null and is_blocked is not null",
    'landed_user_is_as_landed': "landed_name is null or (full_name = landed_name and email = landed_email and city = landed_city)",
    'name_is_made_of_landed_names': "has_landed_given_name and has_landed_family_name",
    'phone_is_of_the_city': "translate(phone, '0123456789', '##########') = translate(phone_format, '0123456789', '##########') and starts_with(phone, split_part(phone_format, '#', 1))",
    'subscription_has_the_users_number': "subscription_id = 's' || substr(user_id, 2)",
    'created_in_the_last_two_years': "created_at between as_of_at - interval 2 year and as_of_at",
    'joined_at_is_created_at': "joined_at = created_at",
    'tier_is_known': "subscription_tier in ('basic', 'premium')",
    'status_is_known': "subscription_status in ('active', 'cancelled', 'paused')",
    'quota_follows_tier': "monthly_quota = case subscription_tier when 'premium' then 10 else 5 end",
    'account_before_subscription': "created_at <= subscription_started_at and subscription_started_at <= as_of_at",
    'ended_exactly_when_not_active': "(subscription_ended_at is null) = (subscription_status = 'active')",
    'ended_after_start_and_not_in_the_future': "subscription_ended_at is null or (subscription_started_at < subscription_ended_at and subscription_ended_at <= as_of_at)",
}, totals={
    'user_id_is_unique': duplicate_count('user_id'),
    'user_id_is_sequential': id_sequence_errors('u', 'user_id'),
    'email_is_unique': duplicate_count('lower(email)'),
}) }}
