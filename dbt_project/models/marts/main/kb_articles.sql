select
    article_id,
    title,
    content,
    category,
    tags,
    updated_at as last_updated,
    true as is_published,
    view_count,
    helpful_votes
from {{ ref('int_articles__filled') }}
order by article_number
