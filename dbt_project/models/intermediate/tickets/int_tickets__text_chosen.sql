-- depends_on: {{ ref('int_row_targets') }}
-- The landed text that each ticket uses: its own (beyond what has landed, the landed ones round by round), where the data hold a member, event or booking that its scenario needs; else another text of
-- its category whose need is met, the ones that need nothing first.
with

landed_texts as (

    select * from {{ ref('stg_tickets') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

candidates as (

    select * from {{ ref('int_ticket_candidates') }}

),

scenario_needs as (

    select * from {{ ref('scenario_needs') }}

),

texts as (

    select
        texts.*,
        scenarios.need
    from landed_texts as texts
    inner join scenarios
        on texts.scenario = scenarios.scenario

),

met_needs as (

    select distinct candidates.need, needs.links_to = 'user' as needs_no_link
    from candidates
    inner join scenario_needs as needs
        on candidates.need = needs.need

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

    select sourced.ticket_number, sourced.own_number, texts.category, met_needs.need is not null as is_met
    from sourced
    inner join texts
        on sourced.own_number = texts.ticket_number
    left join met_needs
        on texts.need = met_needs.need

),

substitutes as (

    select
        texts.category,
        texts.ticket_number,
        row_number() over (partition by texts.category order by met_needs.needs_no_link desc, texts.ticket_number) - 1 as substitute_rank,
        greatest(count(*) filter (where met_needs.needs_no_link) over (partition by texts.category), 1) as plain_count
    from texts
    inner join met_needs
        on texts.need = met_needs.need

),

chosen as (

    select
        tickets.ticket_number,
        coalesce(substitutes.ticket_number, tickets.own_number) as text_number
    from tickets
    left join substitutes
        on not tickets.is_met
        and tickets.category = substitutes.category
        and substitutes.substitute_rank = {{ draw_below('substitute text', 'tickets.ticket_number', 'substitutes.plain_count') }}

),

chosen_texts as (

    select
        chosen.ticket_number,
        chosen.text_number,
        {{ sequential_id('t', 'chosen.ticket_number') }} as ticket_id,
        texts.category,
        texts.scenario,
        texts.tone,
        texts.need,
        scenarios.main_issue_type,
        scenarios.topic,
        scenarios.also_topics,
        scenarios.action,
        texts.subject,
        texts.description,
        texts.follow_up,
        texts.pushback,
        texts.thanks
    from chosen
    inner join texts
        on chosen.text_number = texts.ticket_number
    inner join scenarios
        on texts.scenario = scenarios.scenario

)

select * from chosen_texts
