with

articles as (

    select
        articles.*,
        knowledge.title as known_title,
        knowledge.content as known_content,
        knowledge.tags as known_tags,
        knowledge.created_at as known_created_at,
        knowledge.updated_at as known_updated_at,
        parameters.as_of_at,
        len(string_split(articles.content, e'\n\n')) as paragraph_count,
        len(articles.tags) as tag_count
    from {{ ref('kb_articles') }} as articles
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('udahub__knowledge') }} as knowledge
        on articles.article_id = knowledge.article_id

)

{{ checked_rules('kb_articles', 'articles', id='article_id', words='title', rows={
    'three_to_five_paragraphs': "paragraph_count between 3 and 5",
    'three_to_five_tags': "tag_count between 3 and 5",
    'help_desk_knows_the_same': "title = known_title and content = known_content and array_to_string(tags, ', ') = known_tags",
    'updated_after_creation_and_not_in_the_future': "known_created_at <= known_updated_at and known_updated_at <= as_of_at",
    'is_published': "is_published",
    'view_count_in_range': "view_count between 50 and 5000",
    'helpful_votes_in_range_and_within_views': "helpful_votes between 10 and 500 and helpful_votes <= view_count",
    'text_has_no_unfilled_slot': "title not like '%{%' and content not like '%{%'",
}, totals={
    'article_id_is_unique': duplicate_count('article_id'),
    'article_id_is_sequential': id_sequence_errors('kb', 'article_id'),
    'title_is_unique': duplicate_count('lower(title)'),
}) }}
