-- The texts as a reader finds them, with the model that wrote them. What has grown beyond the landed rows says so: its words are landed ones again.
with

texts as (

    select 'users.full_name' as field, 'users' as entity, user_number as number, user_number as position, full_name as text
    from {{ ref('int_users__named') }}
    union all
    select 'venues.name', 'venues', venue_number as number, venue_number as position, name
    from {{ ref('int_venues__identified') }}
    union all
    select 'events.title', 'events', event_number as number, event_number as position, title
    from {{ ref('int_events__described') }}
    union all
    select 'events.description', 'events', event_number as number, event_number as position, description
    from {{ ref('int_events__described') }}
    union all
    select 'kb_articles.content', 'kb_articles', article_number as number, article_number as position, content
    from {{ ref('int_articles__filled') }}
    union all
    select 'tickets.subject', 'tickets', ticket_number as number, ticket_number as position, subject
    from {{ ref('int_tickets__subjects') }}
    union all
    select
        case messages.role when 'user' then case messages.turn when 1 then 'tickets.description' else 'ticket_messages.member' end else 'ticket_messages.support' end,
        case messages.role when 'user' then 'tickets' else 'seeds' end,
        {{ turn_key('messages.ticket_number', 'messages.turn') }},
        messages.ticket_number,
        messages.content
    from {{ ref('int_messages') }} as messages

),

written as (

    select
        texts.field,
        coalesce(authors.model, case texts.entity when 'seeds' then 'seeds' else 'grown' end) as model,
        texts.number,
        texts.text
    from texts
    left join {{ ref('stg_authors') }} as authors
        on texts.entity = authors.entity
        and texts.position = authors.position

)

select * from written
