-- The answer key for agents under test; in neither database. The scenario is the text's own.
select
    tickets.ticket_id,
    triaged.category,
    triaged.main_issue_type,
    answers.expected_article_id,
    answers.also_accepted,
    triaged.is_escalated as should_escalate,
    list_filter([{% for trigger, name in escalation_triggers().items() %}case when triaged.{{ trigger }} then '{{ name }}' end{{ ', ' if not loop.last }}{% endfor %}], lambda reason: reason is not null) as escalation_reasons,
    triaged.scenario
from {{ ref('tickets') }} as tickets
inner join {{ ref('int_tickets__triaged') }} as triaged
    on tickets.ticket_id = triaged.ticket_id
inner join {{ ref('int_tickets__answerable') }} as answers
    on triaged.ticket_number = answers.ticket_number
order by triaged.ticket_number
