select
    position as article_number,
    topic,
    title,
    content,
    category,
    tags
from {{ source('raw', 'kb_articles') }}
