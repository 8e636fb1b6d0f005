-- The texts as a reader finds them, with the model that wrote them. What has grown beyond the landed rows says so: its words are landed ones again.
with

texts as (

    select 'users.full_name' as field, 'users' as entity, {{ id_number('user_id') }} as number, {{ id_number('user_id') }} as position, full_name as text
    from {{ ref('users') }}
    union all
    select 'venues.name', 'venues', {{ id_number('venue_id') }}, {{ id_number('venue_id') }}, name
    from {{ ref('venues') }}
    union all
    select 'events.title', 'events', {{ id_number('event_id') }}, {{ id_number('event_id') }}, title
    from {{ ref('events') }}
    union all
    select 'events.description', 'events', {{ id_number('event_id') }}, {{ id_number('event_id') }}, description
    from {{ ref('events') }}
    union all
    select 'kb_articles.content', 'kb_articles', {{ id_number('article_id') }}, {{ id_number('article_id') }}, content
    from {{ ref('kb_articles') }}
    union all
    select 'tickets.subject', 'tickets', {{ id_number('ticket_id') }}, {{ id_number('ticket_id') }}, subject
    from {{ ref('tickets') }}
    union all
    select
        case messages.role when 'user' then case messages.turn when 1 then 'tickets.description' else 'ticket_messages.member' end else 'ticket_messages.support' end,
        case messages.role when 'user' then 'tickets' else 'seeds' end,
        messages.ticket_number * 8 + messages.turn,
        messages.ticket_number,
        messages.content
    from {{ ref('int_messages') }} as messages

)

select
    texts.field,
    coalesce(authors.model, case texts.entity when 'seeds' then 'seeds' else 'grown' end) as model,
    texts.number,
    texts.text
from texts
left join {{ ref('stg_authors') }} as authors
    on texts.entity = authors.entity
    and texts.position = authors.position
