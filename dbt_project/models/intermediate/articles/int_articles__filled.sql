-- depends_on: {{ ref('int_row_targets') }}
-- Articles of this volume with EventHub's policy constants in their slots, and how they are read.
with

articles as (

    select articles.*
    from {{ ref('stg_kb_articles') }} as articles
    inner join {{ ref('int_parameters') }} as parameters
        on articles.article_number <= parameters.kb_articles

),

drawn as (

    select
        articles.*,
        parameters.as_of_at,
        {{ draw_unit('article views', 'articles.article_number') }} as view_draw,
        {{ draw_unit('article votes', 'articles.article_number') }} as vote_draw,
        {{ draw_between('article age', 'articles.article_number', 200, 700) }} as age_days,
        {{ draw_between('article update', 'articles.article_number', 1, 120) }} as update_days,
        {{ draw_between('article minute', 'articles.article_number', 60, 600) }} as minute_of_day
    from articles
    cross join {{ ref('int_parameters') }} as parameters

)

select
    article_number,
    {{ sequential_id('kb', 'article_number') }} as article_id,
    topic,
    title,
    {{ fill_policy_slots('content') }} as content,
    category,
    tags,
    (50 + floor(4951 * view_draw * view_draw))::bigint as view_count,
    least(500, greatest(10, floor((50 + floor(4951 * view_draw * view_draw)) * (0.1 + 0.3 * vote_draw))))::bigint as helpful_votes,
    {{ seconds_after('as_of_at', '-86400 * age_days + 60 * minute_of_day') }} as created_at,
    {{ seconds_after('as_of_at', '-86400 * update_days + 60 * minute_of_day') }} as updated_at
from drawn
