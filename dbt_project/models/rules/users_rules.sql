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

),

rules as (

    select
        user_id,
        full_name,
        lower(email) as lower_email,
        full_name is not null
        and email is not null
        and phone is not null
        and city is not null
        and is_blocked is not null as name_email_phone_city_are_given,
        landed_name is null
        or (full_name = landed_name and email = landed_email and city = landed_city) as landed_user_is_as_landed,
        has_landed_given_name and has_landed_family_name as name_is_made_of_landed_names,
        translate(phone, '0123456789', '##########') = translate(phone_format, '0123456789', '##########')
        and starts_with(phone, split_part(phone_format, '#', 1)) as phone_is_of_the_city,
        subscription_id = 's' || substr(user_id, 2) as subscription_has_the_users_number,
        created_at between as_of_at - interval 2 year and as_of_at as created_in_the_last_two_years,
        joined_at = created_at as joined_at_is_created_at,
        subscription_tier in ('basic', 'premium') as tier_is_known,
        subscription_status in ('active', 'cancelled', 'paused') as status_is_known,
        monthly_quota = case subscription_tier when 'premium' then 10 else 5 end as quota_follows_tier,
        created_at <= subscription_started_at and subscription_started_at <= as_of_at as account_before_subscription,
        (subscription_ended_at is null) = (subscription_status = 'active') as ended_exactly_when_not_active,
        subscription_ended_at is null
        or (subscription_started_at < subscription_ended_at and subscription_ended_at <= as_of_at) as ended_after_start_and_not_in_the_future
    from users

),

counted as (

    select
        {{ count_violations(id='user_id', words='full_name', keys=['lower_email']) }},
        {{ duplicate_count('user_id') }} as user_id_is_unique,
        {{ id_sequence_errors('u', 'user_id') }} as user_id_is_sequential,
        {{ duplicate_count('lower_email') }} as email_is_unique
    from rules

)

{{ checked_rules('users', 'counted') }}
