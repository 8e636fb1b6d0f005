with

labels as (

    select
        labels.*,
        tickets.category as expected_category,
        tickets.main_issue_type as expected_issue_type,
        tickets.status,
        articles.article_id
    from {{ ref('ticket_labels') }} as labels
    left join {{ ref('tickets') }} as tickets
        on labels.ticket_id = tickets.ticket_id
    left join {{ ref('kb_articles') }} as articles
        on labels.expected_article_id = articles.article_id

)

{{ checked_rules('ticket_labels', 'labels', rows={
    'columns_are_the_tickets': "category = expected_category and main_issue_type = expected_issue_type",
    'article_exists': "expected_article_id is null or article_id is not null",
    'should_escalate_exactly_when_escalated': "should_escalate = (status = 'escalated')",
    'reasons_exactly_when_it_should_escalate': "should_escalate = (len(escalation_reasons) > 0)",
}, totals={
    'ticket_id_is_unique': repeats('ticket_id'),
}) }}
