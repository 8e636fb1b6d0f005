-- depends_on: {{ ref('int_row_targets') }}
-- Landed users first; beyond them, as many as are asked: the first name of one landed user with the other names and city of another of the same culture, so
-- cultures keep their shares. Round by round of the landed users the two are further apart. An address that is taken, and a grown user's, ends in the user's
-- number after a dot or under a subdomain of its own, so each is unique.
with

landed as (

    select
        *,
        {{ given_name('full_name') }} as given_name,
        {{ family_name('full_name') }} as family_name,
        row_number() over (partition by culture order by user_number) - 1 as culture_rank,
        count(*) over (partition by culture) as culture_size,
        row_number() over (order by culture, user_number) as culture_line,
        count(*) over () as landed_users,
        {{ draw_below('e-mail habit', 'user_number', 100, is_short_key=true) }} as habit_card,
        {{ draw_below('e-mail domain', 'user_number', 100, is_short_key=true) }} as domain_card
    from {{ ref('stg_users') }}

),

habits as (

    select card, value from {{ ref('int_share_cards') }}
    where attribute = 'email_habit' and block_size = 100

),

domains as (

    select card, split_part(attribute, ':', 2) as kind, value from {{ ref('int_share_cards') }}
    where attribute in ('email_domain:reserved', 'email_domain:realistic') and block_size = 100

),

-- whatever is worth doing once a name and not once a user; families of a culture follow each other on the line
named as (

    select
        landed.*,
        landed.culture_line - landed.culture_rank as culture_start,
        coalesce(renamed.family_name, landed.family_name) as own_family_name,
        {{ name_letters('landed.given_name') }} as given_letters,
        {{ name_letters('landed.family_name') }} as family_letters,
        {{ name_letters('coalesce(renamed.family_name, landed.family_name)') }} as own_family_letters,
        habits.value as email_habit,
        {{ draw_below('e-mail number', 'landed.user_number', 1000) }} as email_number,
        domains.value as email_domain
    from landed
    left join {{ ref('int_users__renamed') }} as renamed
        on landed.user_number = renamed.user_number
    inner join habits
        on landed.habit_card = habits.card
    cross join {{ ref('int_parameters') }} as parameters
    inner join domains
        on domains.kind = parameters.email_domains
        and landed.domain_card = domains.card

),

-- three in ten add a number of two digits
spelled as (

    select
        *,
        {{ email_local_part('given_letters', 'own_family_letters', 'email_habit') }}
        || case when email_number < 300 then lpad((email_number % 100)::string, 2, '0') else '' end as local_part
    from named

),

ranked as (

    select
        *,
        row_number() over (partition by local_part order by user_number) as bearer
    from spelled

),

users as (

    select
        ranked.user_number,
        ranked.given_name,
        ranked.given_letters,
        ranked.family_name,
        ranked.family_letters,
        ranked.city,
        ranked.culture_start,
        ranked.culture_rank,
        ranked.culture_size,
        ranked.culture_line,
        trim(ranked.given_name || ' ' || ranked.own_family_name) as full_name,
        ranked.local_part || case when ranked.bearer > 1 then '.' || ranked.user_number else '' end || '@' || ranked.email_domain as email
    from ranked

),

numbered as (

    {{ numbered_rows_parallel('users') }}

),

-- as columns: within the condition of a join DuckDB computes every repeated subexpression anew, sixteen times in a draw
dealt as (

    select
        number,
        {{ draw_below('e-mail habit', 'number', 100, is_short_key=true) }} as habit_card,
        {{ draw_below('e-mail domain', 'number', 100, is_short_key=true) }} as domain_card
    from numbered

),

rounds as (

    select
        dealt.number as user_number,
        (dealt.number - 1) % counted.landed_users + 1 as source_number,
        {{ int_div('dealt.number - 1', 'counted.landed_users') }} as round_number,
        habits.value as email_habit,
        domains.value as email_domain
    from dealt
    cross join (select any_value(landed_users) as landed_users from landed) as counted
    inner join habits
        on dealt.habit_card = habits.card
    -- a made-up member takes nobody's real address
    inner join domains
        on domains.kind = 'reserved'
        and dealt.domain_card = domains.card

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
    case when paired.is_landed then paired.full_name else trim(paired.given_name || ' ' || families.family_name) end as full_name,
    case
        when paired.is_landed then paired.email
        else concat(
            {{ email_local_part('paired.given_letters', 'families.family_letters', 'paired.email_habit') }},
            paired.user_number,
            '@mail.',
            paired.email_domain
        )
    end as email,
    case when paired.is_landed then paired.city else families.city end as city
from paired
inner join users as families
    on paired.family_line = families.culture_line
