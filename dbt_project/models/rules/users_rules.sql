-- What many users share, parts of names and telephone numbers, is looked at once for all of them.
with

landed_given_names as (

    select given_name, {{ name_letters('given_name') }} as letters
    from (select distinct {{ given_name('full_name') }} as given_name from {{ ref('stg_users') }}) as names

),

-- with the space before them
landed_family_names as (

    select name_tail, {{ name_letters('name_tail') }} as letters
    from (select distinct substr(full_name, length({{ given_name('full_name') }}) + 1) as name_tail from {{ ref('stg_users') }}) as names

),

phones_of_cities as (

    select phones.phone, phones.city
    from (select distinct phone, city from {{ ref('users') }}) as phones
    inner join {{ ref('cities') }} as cities
        on phones.city = cities.city
    where
        translate(phones.phone, '0123456789', '##########') = translate(cities.phone_format, '0123456789', '##########')
        and {{ starts_with('phones.phone', "split_part(cities.phone_format, '#', 1)") }}

),

users as (

    select
        users.*,
        parameters.as_of_at,
        subscriptions.subscription_id,
        {{ regex_replace("split_part(users.email, '@', 1)", regex('[^a-z]+'), '') }} as local_letters,
        coalesce(given_names.letters, {{ name_letters(given_name('users.full_name')) }}) as given_letters,
        coalesce(family_names.letters, {{ name_letters(family_name('users.full_name')) }}) as family_letters,
        landed.full_name as landed_name,
        landed.city as landed_city,
        given_names.given_name is not null as has_landed_given_name,
        family_names.name_tail is not null as has_landed_family_name,
        phones.phone is not null as has_phone_of_the_city
    from {{ ref('users') }} as users
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('eventhub__subscriptions') }} as subscriptions
        on users.user_id = subscriptions.user_id
    left join landed_given_names as given_names
        on {{ given_name('users.full_name') }} = given_names.given_name
    left join landed_family_names as family_names
        on substr(users.full_name, length({{ given_name('users.full_name') }}) + 1) = family_names.name_tail
    left join phones_of_cities as phones
        on users.phone = phones.phone and users.city = phones.city
    left join {{ ref('stg_users') }} as landed
        on users.user_id = {{ sequential_id('u', 'landed.user_number') }}

),

-- read on their own: what is read twice is kept, and all users would be kept with all columns
landed_users as (

    select
        users.user_id,
        landed.culture,
        {{ name_letters(given_name('users.full_name')) }} as given_letters,
        {{ name_letters(family_name('users.full_name')) }} as family_letters
    from {{ ref('users') }} as users
    inner join {{ ref('stg_users') }} as landed
        on users.user_id = {{ sequential_id('u', 'landed.user_number') }}

),

-- landed users with the name of one before them, where their culture has a family name that nobody of their given name has
repeats as (

    select
        user_id,
        culture,
        given_letters,
        row_number() over (partition by given_letters, family_letters order by user_id) as bearer
    from landed_users

),

families as (

    select distinct
        culture,
        family_letters
    from landed_users
    where family_letters != ''

),

avoidable as (

    select distinct repeats.user_id
    from repeats
    inner join families
        on repeats.culture = families.culture
    anti join landed_users as bearers
        on repeats.given_letters = bearers.given_letters
        and families.family_letters = bearers.family_letters
    where repeats.bearer > 1

),

namesakes as (

    select
        greatest(0, count(*) - {{ int_div('(select count(*) from landed_users) * ' ~ var('namesakes_per_10000'), 10000) }}) as violations,
        min(user_id) as example
    from avoidable

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
        or ({{ given_name('full_name') }} = {{ given_name('landed_name') }} and city = landed_city) as landed_user_is_as_landed,
        local_letters in (
            given_letters || family_letters, family_letters || given_letters, substr(given_letters, 1, 1) || family_letters
        ) as email_is_made_of_the_name,
        has_landed_given_name and has_landed_family_name as name_is_made_of_landed_names,
        has_phone_of_the_city as phone_is_of_the_city,
        subscription_id = 's' || substr(user_id, 2) as subscription_has_the_users_number,
        created_at between as_of_at - interval 2 year and as_of_at as created_in_the_last_two_years,
        joined_at = created_at as joined_at_is_created_at,
        is_blocked = (blocked_at is not null) and is_blocked = (blocked_reason is not null) as blocked_at_and_reason_exactly_when_blocked,
        blocked_at is null or (blocked_at > created_at and blocked_at <= as_of_at) as blocked_after_the_account_and_not_in_the_future,
        blocked_reason is null
        or blocked_reason in (select value from {{ ref('shares') }} where attribute = 'block_reason') as blocked_reason_is_known,
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
        {{ duplicate_count('lower_email') }} as email_is_unique,
        (select {{ struct_of({'violations': 'violations', 'example': 'example'}) }} from namesakes) as names_repeat_as_in_life
    from rules

)

{{ checked_rules('users', 'counted') }}
