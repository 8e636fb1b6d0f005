-- depends_on: {{ ref('int_landed_shares') }}
-- Landed rows against asked ones. Users, venues, events and tickets grow from what has landed, but not from nothing; articles do not grow (requirements: grow-beyond-what-has-landed):
-- more than have landed stops the build with both numbers.
with

asked as (

    select 'users' as entity, users as asked_rows, 1 as needed_rows from {{ ref('int_parameters') }}
    union all
    select 'venues', venues, 1 from {{ ref('int_parameters') }}
    union all
    select 'events', events, 1 from {{ ref('int_parameters') }}
    union all
    select 'kb_articles', kb_articles, kb_articles as needed_rows from {{ ref('int_parameters') }}
    union all
    select 'tickets', tickets, 1 from {{ ref('int_parameters') }}

),

landed as (

    select 'users' as entity, count(*) as landed_rows from {{ ref('stg_users') }}
    union all
    select 'venues', count(*) from {{ ref('stg_venues') }}
    union all
    select 'events', count(*) from {{ ref('stg_events') }}
    union all
    select 'kb_articles', count(*) from {{ ref('stg_kb_articles') }}
    union all
    select 'tickets', count(*) from {{ ref('stg_tickets') }}

)

select
    asked.entity,
    case
        when asked.asked_rows > 0 and asked.needed_rows > landed.landed_rows then {{ raise_error(
            "asked.asked_rows || ' ' || asked.entity || ' asked, but only ' || landed.landed_rows || ' have landed. Run: python extract/run.py --count ' || asked.entity || '=' || asked.asked_rows || ', or the same with --model bundled, which fills the rest from the bundled content'"
        ) }}::bigint
        else asked.asked_rows
    end as asked_rows,
    landed.landed_rows
from asked
inner join landed
    on asked.entity = landed.entity
