-- Asked rows against landed ones. Stops the build where less has landed than is asked (contract 7).
with

asked as (

    select 'users' as entity, users as asked_rows from {{ ref('parameters') }}
    union all
    select 'venues', venues from {{ ref('parameters') }}
    union all
    select 'events', events from {{ ref('parameters') }}
    union all
    select 'kb_articles', kb_articles from {{ ref('parameters') }}
    union all
    select 'tickets', tickets from {{ ref('parameters') }}

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
        when asked.asked_rows > landed.landed_rows then {{ stop(
            "asked.asked_rows || ' ' || asked.entity || ' asked, but only ' || landed.landed_rows || ' have landed. Run: python extract/run.py --count ' || asked.entity || '=' || asked.asked_rows"
        ) }}::bigint
        else asked.asked_rows
    end as asked_rows,
    landed.landed_rows
from asked
inner join landed
    on asked.entity = landed.entity
