-- depends_on: {{ ref('int_row_targets') }}
-- Landed users first, unchanged; beyond them, as many as are asked: the first name of one landed user with the other names, city and e-mail habit of
-- another of the same culture, so cultures keep their shares. Round by round of the landed users the two are further apart. A grown user's e-mail ends in
-- the user's number, under subdomains that no landed user has, so it is unique.
with

landed as (

    select
        *,
        string_split(full_name, ' ')[1] as given_name,
        row_number() over (partition by culture order by user_number) - 1 as culture_rank,
        count(*) over (partition by culture) as culture_size,
        row_number() over (order by culture, user_number) as culture_line,
        count(*) over () as landed_users
    from {{ ref('stg_users') }}

),

-- whatever is worth doing once a name and not once a user; families of a culture follow each other on the line
users as (

    select
        *,
        culture_line - culture_rank as culture_start,
        substr(full_name, length(given_name) + 2) as family_name,
        {{ email_letters('given_name') }} as given_letters,
        {{ email_letters('substr(full_name, length(given_name) + 2)') }} as family_letters
    from landed

),

numbered as (

    {{ numbered_rows_parallel('users') }}

),

rounds as (

    select
        numbered.number as user_number,
        (numbered.number - 1) % counted.landed_users + 1 as source_number,
        {{ int_div('numbered.number - 1', 'counted.landed_users') }} as round_number,
        {{ draw_below('e-mail habit', 'numbered.number', 4) }} as email_habit,
        {{ draw_below('e-mail domain', 'numbered.number', 3) }} as email_domain
    from numbered
    cross join (select any_value(landed_users) as landed_users from landed) as counted

),

paired as (

    select
        rounds.user_number,
        rounds.round_number = 0 as is_landed,
        rounds.email_habit,
        rounds.email_domain,
        users.full_name,
        users.email,
        users.city,
        users.given_name,
        users.given_letters,
        users.culture_start + (users.culture_rank + rounds.round_number * 7) % users.culture_size as family_line
    from rounds
    inner join users
        on rounds.source_number = users.user_number

)

select
    paired.user_number,
    case when paired.is_landed then paired.full_name else paired.given_name || ' ' || families.family_name end as full_name,
    case when paired.is_landed then paired.email else {{ grown_email('paired.given_letters', 'families.family_letters', 'paired.user_number', 'paired.email_habit', 'paired.email_domain') }} end as email,
    case when paired.is_landed then paired.city else families.city end as city
from paired
inner join users as families
    on paired.family_line = families.culture_line
