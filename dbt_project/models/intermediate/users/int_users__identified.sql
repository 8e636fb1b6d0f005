with

cities as (

    select
        city,
        {{ digit_runs('phone_format') }}
    from {{ ref('cities') }}

),

users as (

    select
        *,
        main.digits32({{ draw('user phone', 'user_number') }}) as phone_digits
    from {{ ref('int_users__named') }}

),

identified as (

    select
        users.user_number,
        {{ sequential_id('u', 'users.user_number') }} as user_id,
        users.full_name,
        users.email,
        {{ fill_digits('cities', 'users.phone_digits') }} as phone,
        users.city
    from users
    inner join cities
        on users.city = cities.city

)

select * from identified
