-- Landed users first, unchanged; beyond them, as many as are asked: the first name of one landed user with the other names, city and e-mail habit of
-- another of the same culture, so cultures keep their shares. Round by round of the landed users the two are further apart. A grown user's e-mail ends in
-- the user's number, under subdomains that no landed user has, so it is unique.
with

users as (

    select
        *,
        row_number() over (partition by culture order by user_number) - 1 as culture_rank,
        count(*) over (partition by culture) as culture_size,
        count(*) over () as landed_users
    from {{ ref('stg_users') }}

),

numbered as (

    {{ rows_up_to('users') }}

),

sized as (

    select number, landed_users
    from numbered
    cross join (select any_value(landed_users) as landed_users from users) as landed

),

paired as (

    select
        sized.number as user_number,
        sized.number <= sized.landed_users as is_landed,
        users.culture,
        users.full_name,
        users.email,
        users.city,
        (users.culture_rank + {{ whole('sized.number - 1', 'sized.landed_users') }} * 7) % users.culture_size as family_rank
    from sized
    inner join users
        on (sized.number - 1) % sized.landed_users + 1 = users.user_number

),

recombined as (

    select
        paired.user_number,
        paired.is_landed,
        paired.full_name as landed_name,
        paired.email as landed_email,
        paired.city as landed_city,
        string_split(paired.full_name, ' ')[1] as given_name,
        substr(families.full_name, length(string_split(families.full_name, ' ')[1]) + 2) as family_name,
        families.city as family_city
    from paired
    inner join users as families
        on paired.culture = families.culture and paired.family_rank = families.culture_rank

)

select
    user_number,
    case when is_landed then landed_name else given_name || ' ' || family_name end as full_name,
    case when is_landed then landed_email else {{ grown_email('given_name', 'family_name', 'user_number') }} end as email,
    case when is_landed then landed_city else family_city end as city
from recombined
