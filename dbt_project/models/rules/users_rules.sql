with

users as (

    select
        users.*,
        parameters.as_of_at,
        subscriptions.subscription_id,
        cities.phone_format,
        regexp_replace(split_part(users.email, '@', 1), '[^a-z]', '', 'g') as local_letters,
        regexp_replace(lower(strip_accents(split_part(users.full_name, ' ', 1))), '[^a-z]', '', 'g') as given_letters,
        regexp_replace(lower(strip_accents(regexp_replace(users.full_name, '^[^ ]+', ''))), '[^a-z]', '', 'g') as family_letters,
        landed.full_name as landed_name,
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

-- landed users with the name of one before them, where their culture has a family name that nobody of their given name has
repeats as (

    select
        users.user_id,
        users.given_letters,
        landed.culture
    from (
        select
            *,
            row_number() over (partition by given_letters || ' ' || family_letters order by user_id) as bearer
        from users
        where landed_name is not null
    ) as users
    inner join {{ ref('stg_users') }} as landed
        on users.user_id = {{ sequential_id('u', 'landed.user_number') }}
    where users.bearer > 1

),

landed_families as (

    select distinct
        landed.culture,
        users.family_letters
    from {{ ref('stg_users') }} as landed
    inner join users
        on users.user_id = {{ sequential_id('u', 'landed.user_number') }}
    where users.family_letters != ''

),

namesakes as (

    select greatest(0, count(distinct repeats.user_id) - (select count(*) from users where landed_name is not null) * {{ var('namesakes_per_10000') }} // 10000) as too_many
    from repeats
    inner join landed_families
        on repeats.culture = landed_families.culture
    anti join (select distinct given_letters, family_letters from users) as held
        on repeats.given_letters = held.given_letters
        and landed_families.family_letters = held.family_letters

)

{{ checked_rules('users', 'users', id='user_id', words='full_name', rows={
    'name_email_phone_city_are_given': "full_name is not null and email is not null and phone is not null and city is not null and is_blocked is not null",
    'landed_user_is_as_landed': "landed_name is null or (split_part(full_name, ' ', 1) = split_part(landed_name, ' ', 1) and city = landed_city)",
    'name_is_made_of_landed_names': "has_landed_given_name and has_landed_family_name",
    'email_is_made_of_the_name': "local_letters in (given_letters || family_letters, family_letters || given_letters, substr(given_letters, 1, 1) || family_letters)",
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
    'names_repeat_as_in_life': "(select any_value(too_many) from namesakes)",
}) }}
