-- depends_on: {{ ref('int_row_targets') }}
-- The landed text that each ticket uses: its own (beyond what has landed, the landed ones round by round), as long as a member is left that its scenario
-- can be told of; else another text of its category whose need has one, about a booking first. So no need has more tickets than candidates.
with

landed_texts as (

    select * from {{ ref('stg_tickets') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

kinds as (

    select * from {{ ref('int_ticket_texts__kinds') }}

),

candidates as (

    select * from {{ ref('int_ticket_candidates') }}

),

needs as (

    select * from {{ ref('scenario_needs') }}

),

numbers as (

    select * from {{ ref('int_numbers') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

texts as (

    select
        texts.*,
        kinds.kinds,
        scenarios.need
    from landed_texts as texts
    inner join scenarios
        on texts.scenario = scenarios.scenario
    left join kinds
        on texts.ticket_number = kinds.ticket_number

),

supplied as (

    select need, count(*) as candidate_count
    from candidates
    where effect is null
    group by need

),

numbered as (

    {{ numbered_rows('tickets') }}

),

sourced as (

    select
        number as ticket_number,
        (number - 1) % landed.landed_texts + 1 as own_number
    from numbered
    cross join (select count(*) as landed_texts from texts) as landed

),

tickets as (

    select
        sourced.ticket_number,
        sourced.own_number,
        texts.category,
        texts.need,
        row_number() over (partition by texts.need order by sourced.ticket_number) as need_rank,
        count(*) over (partition by texts.need) as need_count
    from sourced
    inner join texts
        on sourced.own_number = texts.ticket_number

),

unmet as (

    select
        tickets.ticket_number,
        tickets.category,
        row_number() over (partition by tickets.category order by tickets.ticket_number) as unmet_rank,
        count(*) over () as unmet_count
    from tickets
    left join supplied
        on tickets.need = supplied.need
    where tickets.need_rank > coalesce(supplied.candidate_count, 0)

),

unmet_categories as (

    select category, any_value(unmet_count) as unmet_count
    from unmet
    group by category

),

-- needs with candidates that no text of their own takes, by the categories that are short of some
offers as (

    select distinct
        texts.category,
        texts.need,
        supplied.candidate_count - least(coalesce(taken.need_count, 0), supplied.candidate_count) as left_count,
        unmet_categories.unmet_count
    from texts
    inner join unmet_categories
        on texts.category = unmet_categories.category
    inner join supplied
        on texts.need = supplied.need
    left join (select distinct need, need_count from tickets) as taken
        on texts.need = taken.need

),

turned as (

    select
        *,
        row_number() over (partition by need order by category) - 1 as turn,
        count(*) over (partition by need) as turn_count
    from offers

),

-- a candidate that is left goes to one of the categories, in turn; a booking before an event or a member alone
spare as (

    select
        turned.category,
        turned.need,
        row_number() over (
            partition by turned.category
            order by needs.links_to != 'reservation', {{ draw('substitute need', 'numbers.number') }}, turned.need
        ) as spare_rank
    from turned
    inner join needs
        on turned.need = needs.need
    inner join numbers
        on numbers.number <= least(turned.left_count, turned.unmet_count * turned.turn_count)
        and numbers.number % turned.turn_count = turned.turn

),

spare_counts as (

    select category, count(*) as spare_count
    from spare
    group by category

),

checked as (

    select
        unmet.*,
        parameters.tickets || ' tickets asked, but ' || parameters.users || ' users with ' || parameters.reservations || ' reservations write fewer, at most {{ most_tickets_per_member() }} each: '
        || unmet.unmet_rank - coalesce(spare_counts.spare_count, 0) || ' or more of the category ' || unmet.category || ' find nobody who could write them. '
        || 'Ask for at most {tickets: ' || least(parameters.users, {{ int_div('parameters.reservations', 2) }}) || '}, or for more users and reservations' as problem,
        unmet.unmet_rank <= coalesce(spare_counts.spare_count, 0) as is_possible
    from unmet
    cross join parameters
    left join spare_counts
        on unmet.category = spare_counts.category

),

substituted as (

    select
        checked.ticket_number,
        spare.category,
        case when checked.is_possible then spare.need else {{ raise_error('checked.problem') }} end as need
    from checked
    left join spare
        on checked.category = spare.category
        and checked.unmet_rank = spare.spare_rank

),

substitutes as (

    select
        category,
        need,
        ticket_number,
        row_number() over (partition by category, need order by ticket_number) - 1 as substitute_rank,
        count(*) over (partition by category, need) as substitute_count
    from texts

),

chosen as (

    select
        tickets.ticket_number,
        coalesce(substitutes.ticket_number, tickets.own_number) as text_number
    from tickets
    left join substituted
        on tickets.ticket_number = substituted.ticket_number
    left join substitutes
        on substituted.category = substitutes.category
        and substituted.need = substitutes.need
        and substitutes.substitute_rank = {{ draw_below('substitute text', 'tickets.ticket_number', 'substitutes.substitute_count') }}

),

chosen_texts as (

    select
        chosen.ticket_number,
        chosen.text_number,
        {{ sequential_id('t', 'chosen.ticket_number') }} as ticket_id,
        texts.category,
        texts.scenario,
        texts.tone,
        texts.mood,
        texts.need,
        texts.kinds,
        scenarios.main_issue_type,
        scenarios.topic,
        scenarios.also_topics,
        scenarios.action
    from chosen
    inner join texts
        on chosen.text_number = texts.ticket_number
    inner join scenarios
        on texts.scenario = scenarios.scenario

)

select * from chosen_texts
