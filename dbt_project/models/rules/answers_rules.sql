-- What the answer key tells of a ticket, fact by fact and argument by argument: each is asked for by the scenario or the action, and is what the marts hold. One
-- row for each that is asked for; one that a ticket's rows do not have is not told.
with

asked as (

    select
        labels.ticket_id,
        'fact' as part,
        {{ map_of(array_transform('labels.facts', 'fact', "fact['name']"), array_transform('labels.facts', 'fact', "fact['value']")) }} as told,
        {{ map_of(array_transform('labels.facts', 'fact', "fact['name']"), array_transform('labels.facts', 'fact', "concat_ws(':', fact['type'], fact['unit'])")) }} as types,
        {{ unnested("split(scenarios.facts, ' ')") }} as name
    from {{ ref('ticket_labels') }} as labels
    inner join {{ ref('support_scenarios') }} as scenarios
        on labels.scenario = scenarios.scenario
    union all
    select
        labels.ticket_id,
        'argument' as part,
        labels.arguments as told,
        {{ map_of(array_of([]), array_of([])) }} as types,
        {{ unnested("split(actions.arguments, ' ')") }} as name
    from {{ ref('ticket_labels') }} as labels
    inner join {{ ref('support_actions') }} as actions
        on labels.action = actions.action

),

named as (

    select
        ticket_id,
        part,
        told[split_part(name, '=', 1)] as answer,
        types[split_part(name, '=', 1)] as type,
        {{ array_get("split(name, '=')", -1) }} as fact
    from asked

),

all_told as (

    select sum({{ array_size('facts') }} + {{ array_size('map_keys(arguments)') }}) as told_count
    from {{ ref('ticket_labels') }}

),

answers as (

    select
        named.ticket_id,
        named.part,
        named.fact,
        named.answer,
        named.type,
        {{ ticket_fact('named.fact', 'restated') }} as expected,
        all_told.told_count
    from named
    cross join all_told
    left join {{ ref('facts_restated') }} as restated
        on named.ticket_id = restated.ticket_id

),

rules as (

    select
        ticket_id,
        expected,
        told_count,
        fact || ' is ' || coalesce(expected, 'null') || ', not ' || coalesce(answer, 'null') as words,
        part != 'fact' or (answer is not distinct from expected) as facts_are_the_rows,
        part != 'fact' or answer is null or coalesce(
            case
                -- a policy may have been changed into words
                when fact not in ({% for name in ticket_facts() %}'{{ name }}'{{ ',' if not loop.last }}{% endfor %}) then {{ regex_matches_whole('type', 'date|time|money|percent|status|name|count:.+') }}
                when type = 'date' then {{ regex_matches_whole('answer', '\\d{4}-\\d\\d-\\d\\d') }}
                when type = 'time' then {{ regex_matches_whole('answer', '\\d\\d:\\d\\d') }}
                when type = 'money' then {{ regex_matches_whole('answer', '\\d+\\.\\d\\d') }}
                when type = 'percent' or type like 'count:_%' then {{ regex_matches_whole('answer', '\\d+') }}
                when type in ('status', 'name') then not {{ regex_matches_whole('answer', '[\\d:.-]+') }}
            end,
            false
        ) as facts_have_their_types,
        part != 'argument' or (answer is not distinct from expected) as arguments_are_the_rows
    from answers

),

counted as (

    select
        {{ count_violations(id='ticket_id', words='words', keys=['expected', 'told_count']) }},
        {{ struct_of({'violations': 'abs(count(expected) - coalesce(any_value(told_count), 0))', 'example': 'null'}) }} as nothing_else_is_told
    from rules

)

{{ checked_rules('ticket_labels', 'counted') }}
