-- depends_on: {{ ref('landed') }}
with

users as (

    select * from {{ ref('int_users__named') }}

),

cities as (

    select * from {{ ref('cities') }}

),

identified as (

    select
        users.user_number,
        {{ sequential_id('u', 'users.user_number') }} as user_id,
        users.full_name,
        users.email,
        {{ filled_digits('cities.phone_format', 'user phone', 'users.user_number') }} as phone,
        users.city
    from users
    inner join cities
        on users.city = cities.city

)

select * from identified
