-- depends_on: {{ ref('int_row_targets') }}
-- The landed text that each ticket uses: its own (beyond what has landed, the landed ones round by round), where the data hold a member, event or booking that its scenario needs; else another text of
-- its category whose need is met, the ones that need nothing first. A text that speaks of a kind of event that no candidate
-- of its need is about speaks of an event instead, so that every text can be told.
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

scenario_needs as (

    select * from {{ ref('scenario_needs') }}

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

met_needs as (

    select candidates.need, needs.links_to = 'user' as needs_no_link, list(distinct candidates.event_category) as event_categories
    from candidates
    inner join scenario_needs as needs
        on candidates.need = needs.need
    group by candidates.need, needs.links_to

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

offered as (

    select texts.ticket_number, list_has_any(texts.kinds, met_needs.event_categories) as fits
    from texts
    inner join met_needs
        on texts.need = met_needs.need
    where texts.kinds is not null and not met_needs.needs_no_link

),

fitting as (

    select
        texts.* replace (case when offered.fits then texts.kinds end as kinds),
        offered.fits
    from texts
    left join offered
        on texts.ticket_number = offered.ticket_number

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
        texts.mood,
        texts.need,
        texts.kinds,
        scenarios.main_issue_type,
        scenarios.topic,
        scenarios.also_topics,
        scenarios.action,
        case when texts.fits is false then {{ without_event_nouns('texts.subject') }} else texts.subject end as subject,
        case when texts.fits is false then {{ without_event_nouns('texts.description') }} else texts.description end as description,
        case when texts.fits is false then {{ without_event_nouns('texts.question') }} else texts.question end as question,
        case when texts.fits is false then {{ without_event_nouns('texts.follow_up') }} else texts.follow_up end as follow_up,
        case when texts.fits is false then {{ without_event_nouns('texts.pushback') }} else texts.pushback end as pushback,
        case when texts.fits is false then {{ without_event_nouns('texts.thanks') }} else texts.thanks end as thanks
    from chosen
    inner join fitting as texts
        on chosen.text_number = texts.ticket_number
    inner join scenarios
        on texts.scenario = scenarios.scenario

)

select * from chosen_texts
