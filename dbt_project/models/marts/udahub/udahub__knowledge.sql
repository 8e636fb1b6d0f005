select
    article_id,
    'eventhub' as account_id,
    title,
    content,
    {{ array_join('tags', ', ') }} as tags,
    created_at,
    updated_at,
    category,
    true as is_published,
    view_count,
    helpful_votes
from {{ ref('int_articles__filled') }}
order by article_number
