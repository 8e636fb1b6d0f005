select 'users' as entity, position, model from {{ source('raw', 'users') }}
union all
select 'venues', position, model from {{ source('raw', 'venues') }}
union all
select 'events', position, model from {{ source('raw', 'events') }}
union all
select 'kb_articles', position, model from {{ source('raw', 'kb_articles') }}
union all
select 'tickets', position, model from {{ source('raw', 'tickets') }}
