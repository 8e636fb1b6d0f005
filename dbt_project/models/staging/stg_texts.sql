-- What a model wrote, whatever the entity: to tell how varied its words are.
select
    'users' as entity,
    model,
    full_name as text
from {{ source('raw', 'users') }}

union all

select
    'venues' as entity,
    model,
    name || ' ' || address as text
from {{ source('raw', 'venues') }}

union all

select
    'events' as entity,
    model,
    title || ' ' || description as text
from {{ source('raw', 'events') }}

union all

select
    'kb_articles' as entity,
    model,
    title || ' ' || content as text
from {{ source('raw', 'kb_articles') }}

union all

select
    'tickets' as entity,
    model,
    subject || ' ' || description || ' ' || follow_up || ' ' || pushback || ' ' || thanks as text
from {{ source('raw', 'tickets') }}
