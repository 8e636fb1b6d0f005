with

articles as (

    select
        *,
        len(string_split(content, e'\n\n')) as paragraph_count,
        len(tags) as tag_count
    from {{ ref('kb_articles') }}

)

{{ checked_rules('kb_articles', 'articles', rows={
    'three_to_five_paragraphs': "paragraph_count between 3 and 5",
    'three_to_five_tags': "tag_count between 3 and 5",
    'is_published': "is_published",
    'view_count_in_range': "view_count between 50 and 5000",
    'helpful_votes_in_range_and_within_views': "helpful_votes between 10 and 500 and helpful_votes <= view_count",
    'text_has_no_unfilled_slot': "title not like '%{%' and content not like '%{%'",
}, totals={
    'article_id_is_unique': repeats('article_id'),
    'article_id_is_sequential': out_of_sequence('kb', 'article_id'),
    'title_is_unique': repeats('lower(title)'),
}) }}
