{#- More than there are users: a family and a user in one key of a draw. -#}
{%- set most_users = 2147483648 -%}
-- Landed users whose name another one has before them, beyond the few namesakes that life has, and the family name of their culture that each gets instead.
-- The first of a given name gets the first family that nobody of that given name has, the second the second, so no two meet. A culture without a family to
-- spare leaves a name as it is (requirements: members-come-from-everywhere).
with

landed as (

    select
        user_number,
        culture,
        full_name,
        {{ name_letters('full_name') }} as name_key,
        {{ name_letters(given_name('full_name')) }} as given_key,
        {{ family_name('full_name') }} as family_name,
        {{ name_letters(family_name('full_name')) }} as family_key
    from {{ ref('stg_users') }}

),

repeated as (

    select
        *,
        row_number() over (partition by name_key order by user_number) as namesake
    from landed

),

ranked as (

    select
        user_number,
        culture,
        given_key,
        row_number() over (order by {{ draw('namesakes', 'user_number') }}, user_number) as place,
        (select count(*) from landed) as landed_users
    from repeated
    where namesake > 1

),

renamed as (

    select
        user_number,
        culture,
        given_key,
        row_number() over (partition by culture, given_key order by user_number) as turn
    from ranked
    where place > {{ int_div('landed_users * ' ~ var('namesakes_per_10000'), 10000) }}

),

families as (

    select
        culture,
        family_key,
        min(family_name) as family_name,
        min(user_number) as family_number
    from landed
    where family_key != ''
    group by culture, family_key

),

wanted as (

    select
        culture,
        given_key,
        min(user_number) as first_number
    from renamed
    group by culture, given_key

),

-- families that nobody of the given name has; one that two cultures have is one culture's
unused as (

    select
        wanted.culture,
        wanted.given_key,
        families.family_name,
        -- behind a given name, what is left of several words may begin with another given name
        contains(families.family_name, ' ') as is_of_several_words,
        {{ draw('another family name', 'families.family_number * ' ~ most_users ~ ' + wanted.first_number') }} as family_draw,
        families.family_number,
        row_number() over (partition by wanted.given_key, families.family_key order by families.family_number) as bearer
    from wanted
    inner join families
        on wanted.culture = families.culture
    anti join landed
        on wanted.given_key = landed.given_key
        and families.family_key = landed.family_key

),

free as (

    select
        culture,
        given_key,
        family_name,
        row_number() over (partition by culture, given_key order by is_of_several_words, family_draw, family_number) as turn
    from unused
    where bearer = 1

),

taken as (

    select
        renamed.user_number,
        free.family_name
    from renamed
    inner join free
        on renamed.culture = free.culture
        and renamed.given_key = free.given_key
        and renamed.turn = free.turn

)

select * from taken
