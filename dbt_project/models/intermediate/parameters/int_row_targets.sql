-- depends_on: {{ ref('int_landed_shares') }}
-- Landed rows against asked ones. Users, venues, events and tickets grow from what has landed, but not from nothing; articles do not grow (requirements: grow-beyond-what-has-landed):
-- more than have landed stops the build with both numbers. So do more tickets than the members write.
with

parameters as (

    select * from {{ ref('int_parameters') }}

),

users as (

    select * from {{ ref('stg_users') }}

),

venues as (

    select * from {{ ref('stg_venues') }}

),

events as (

    select * from {{ ref('stg_events') }}

),

articles as (

    select * from {{ ref('stg_kb_articles') }}

),

tickets as (

    select * from {{ ref('stg_tickets') }}

),

asked as (

    select 'users' as entity, users as asked_rows, 1 as needed_rows from parameters
    union all
    select 'venues', venues, 1 from parameters
    union all
    select 'events', events, 1 from parameters
    union all
    select 'kb_articles', kb_articles, kb_articles as needed_rows from parameters
    union all
    select 'tickets', tickets, 1 from parameters

),

landed as (

    select 'users' as entity, count(*) as landed_rows from users
    union all
    select 'venues', count(*) from venues
    union all
    select 'events', count(*) from events
    union all
    select 'kb_articles', count(*) from articles
    union all
    select 'tickets', count(*) from tickets

),

compared as (

    select
        asked.*,
        asked.entity = 'tickets' and asked.asked_rows > {{ most_tickets_per_member() }} * parameters.users as is_more_than_users_write,
        asked.asked_rows || ' tickets asked, but ' || parameters.users || ' users write ' || {{ most_tickets_per_member() }} * parameters.users
        || ' at most, {{ most_tickets_per_member() }} each. Ask for at most {tickets: ' || least(parameters.users, {{ int_div('parameters.reservations', 2) }}) || '}, or for more users and reservations' as writers_problem,
        landed.landed_rows,
        asked.asked_rows || ' ' || asked.entity || ' asked, but only ' || landed.landed_rows || ' have landed. Run: python extract/run.py --count '
        || asked.entity || '=' || asked.asked_rows || ', or the same with --model bundled, which fills the rest from the bundled content' as problem
    from asked
    inner join landed
        on asked.entity = landed.entity
    cross join parameters

),

targets as (

    select
        entity,
        case when is_more_than_users_write then {{ raise_error('writers_problem') }}::bigint when asked_rows > 0 and needed_rows > landed_rows then {{ raise_error('problem') }}::bigint else asked_rows end as asked_rows,
        landed_rows
    from compared

)

select * from targets
