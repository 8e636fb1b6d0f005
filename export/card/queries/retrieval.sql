-- How often plain retrieval by words finds the article, percent.
select
    category,
    ticket_count as tickets,
    round(100 * found_share, 1) as found,
    round(100 * (accepted_share - found_share), 1) as accepted,
    round(100 * (1 - accepted_share), 1) as missed
from analytics.retrieval_report
where split = 'all'
order by category = 'all' desc, category
