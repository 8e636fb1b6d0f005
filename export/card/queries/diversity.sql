-- How varied the texts are, by field and who wrote them.
select
    field,
    model,
    row_count,
    round(100 * distinct_share, 1) as distinct_percent,
    round(100 * near_duplicate_share, 1) as near_duplicate_percent,
    mean_words,
    distinct_1,
    distinct_2,
    round(100 * commonest_opening_share, 2) as commonest_opening_percent
from analytics.content_diversity
order by field, model
