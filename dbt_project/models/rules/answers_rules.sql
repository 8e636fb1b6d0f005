-- The answer key's facts and the arguments of its actions are those that the scenario and the action ask for, as the marts hold them.
with

answers as (

    select
        labels.facts,
        labels.action_arguments,
        labels.escalation_reasons,
        {{ picked_facts('scenarios.facts', 'restated') }} as expected_facts,
        {{ picked_facts('actions.arguments', 'restated') }} as expected_arguments,
        coalesce(string_split(restated.escalation_reasons, ', '), []) as expected_reasons
    from {{ ref('ticket_labels') }} as labels
    left join {{ ref('facts_restated') }} as restated
        on labels.ticket_id = restated.ticket_id
    left join {{ ref('support_scenarios') }} as scenarios
        on labels.scenario = scenarios.scenario
    left join {{ ref('support_actions') }} as actions
        on labels.action = actions.action

)

{{ checked_rules('ticket_labels', 'answers', rows={
    'facts_are_the_rows': "facts = expected_facts",
    'action_arguments_are_the_rows': "action_arguments = expected_arguments",
    'escalation_reasons_are_the_triggers': "escalation_reasons = expected_reasons",
}) }}
