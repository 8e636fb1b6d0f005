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
        {{ array_size("split(articles.content, chr(10) || chr(10))") }} as paragraph_count,
        {{ array_size('articles.tags') }} as tag_count
    from {{ ref('kb_articles') }} as articles
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('udahub__knowledge') }} as knowledge
        on articles.article_id = knowledge.article_id

),

rules as (

    select
        article_id,
        title,
        lower(title) as lower_title,
        paragraph_count between 3 and 5 as three_to_five_paragraphs,
        tag_count between 3 and 5 as three_to_five_tags,
        title = known_title and content = known_content and {{ array_join('tags', ', ') }} = known_tags as help_desk_knows_the_same,
        known_created_at <= known_updated_at and known_updated_at <= as_of_at as updated_after_creation_and_not_in_the_future,
        is_published,
        view_count between 50 and 5000 as view_count_in_range,
        helpful_votes between 10 and 500 and helpful_votes <= view_count as helpful_votes_in_range_and_within_views,
        not contains(title, '{') and not contains(content, '{') as text_has_no_unfilled_slot
    from articles

),

counted as (

    select
        {{ count_violations(id='article_id', words='title', keys=['lower_title']) }},
        {{ duplicate_count('article_id') }} as article_id_is_unique,
        {{ id_sequence_errors('kb', 'article_id') }} as article_id_is_sequential,
        {{ duplicate_count('lower_title') }} as title_is_unique
    from rules

)

{{ checked_rules('kb_articles', 'counted') }}
