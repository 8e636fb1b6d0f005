-- depends_on: {{ ref('landed') }}
{%- set parts = [] -%}
{%- for place in range(1, 8) -%}{%- do parts.append('cities.phone_part_' ~ place) -%}{%- endfor %}
with

cities as (

    select
        {%- for part in digit_parts('phone_format') %}
            {{ part }} as phone_part_{{ loop.index }},
        {%- endfor %}
        city
    from {{ ref('cities') }}

),

users as (

    select
        *,
        digits32({{ draw('user phone', 'user_number') }}) as phone_digits
    from {{ ref('int_users__named') }}

),

identified as (

    select
        users.user_number,
        {{ sequential_id('u', 'users.user_number') }} as user_id,
        users.full_name,
        users.email,
        {{ filled_digits(parts, 'users.phone_digits') }} as phone,
        users.city
    from users
    inner join cities
        on users.city = cities.city

)

select * from identified
