-- The conversations drawn for the card, each with the rows it speaks of.
select
    picked.place,
    tickets.ticket_id,
    tickets.subject,
    tickets.category,
    metadata.sentiment,
    tickets.priority,
    tickets.status,
    metadata.rag_confidence::double as rag_confidence,
    metadata.escalation_reason,
    support.channel,
    users.user_id,
    users.full_name,
    users.subscription_tier,
    users.subscription_status,
    users.city as home_city,
    reservations.reservation_id,
    reservations.ticket_count,
    reservations.total_price::double as total_price,
    reservations.status as reservation_status,
    reservations.booking_date,
    events.event_id,
    events.title as event_title,
    events."when" as event_at,
    events.status as event_status,
    events.venue_name,
    events.city as event_city,
    articles.article_id,
    articles.title as article_title
from analytics.drawn_tickets as picked
inner join main.tickets as tickets
    on picked.ticket_id = tickets.ticket_id
inner join udahub.tickets as support
    on tickets.ticket_id = support.ticket_id
inner join udahub.ticket_metadata as metadata
    on tickets.ticket_id = metadata.ticket_id
inner join main.users as users
    on tickets.user_id = users.user_id
inner join analytics.ticket_labels as labels
    on tickets.ticket_id = labels.ticket_id
left join main.reservations as reservations
    on tickets.reservation_id = reservations.reservation_id
left join main.events as events
    on tickets.event_id = events.event_id
left join main.kb_articles as articles
    on labels.expected_article_id = articles.article_id
order by picked.place
