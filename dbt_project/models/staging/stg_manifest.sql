select
    as_of::date as as_of,
    volume,
    email_domains,
    counts.users::bigint as users,
    counts.venues::bigint as venues,
    counts.events::bigint as events,
    counts.reservations::bigint as reservations,
    counts.kb_articles::bigint as kb_articles,
    counts.tickets::bigint as tickets
from {{ source('raw', 'manifest') }}
