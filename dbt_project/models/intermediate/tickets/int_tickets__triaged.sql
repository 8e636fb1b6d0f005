-- Priority, sentiment and the triggers of an escalation (requirements: what-escalates-a-ticket). High or urgent is exact per
-- category (requirements: high-and-urgent-tickets) and goes to the tickets that press
-- most: needs of events that are near, bad mood, and chance. Nothing here depends on whom the ticket is linked to. A seventh of them is urgent. The mood of the text is the sentiment.
with

chosen as (

    select * from {{ ref('int_tickets__text_chosen') }}

),

matches as (

    select * from {{ ref('int_ticket_texts__matched') }}

),

cards as (

    select * from {{ ref('int_share_cards') }}

),

needs as (

    select * from {{ ref('scenario_needs') }}

),

priorities as (

    select * from {{ ref('ticket_priorities') }}

),

tickets as (

    select
        chosen.*,
        needs.max_days_ahead,
        matches.score_thousandths,
        matches.low_score_thousandths,
        matches.article_number as best_article_number,
        {{ draw_below('ticket pressure', 'chosen.ticket_number', 100) }} as pressure_draw,
        failures.value::bigint as failed_attempts
    from chosen
    inner join matches
        on chosen.text_number = matches.ticket_number
    inner join cards as failures
        on failures.attribute = 'failed_attempts'
        and failures.block_size = 100
        and failures.card = {{ draw_below('failed attempts', 'chosen.ticket_number', 100) }}
    inner join needs
        on chosen.need = needs.need

),

felt as (

    select
        *,
        mood as sentiment,
        {{ rag_confidence('score_thousandths', 'low_score_thousandths') }} as rag_confidence,
        case when max_days_ahead <= 3 then {{ var('pressure_within_3_days') }} when max_days_ahead <= 10 then {{ var('pressure_within_10_days') }} else 0 end as event_pressure,
        case mood when 'very_negative' then {{ var('pressure_of_very_negative') }} when 'negative' then {{ var('pressure_of_negative') }} else 0 end as mood_pressure
    from tickets

),

ranked as (

    select
        felt.*,
        row_number() over (partition by felt.category order by felt.pressure_draw + felt.event_pressure + felt.mood_pressure desc, felt.ticket_number) as pressure_rank,
        count(*) over (partition by felt.category) as category_count,
        priorities.high_or_urgent_percent
    from felt
    inner join priorities
        on felt.category = priorities.category

),

measured as (

    select
        *,
        {{ int_div_nearest('category_count * high_or_urgent_percent', 100) }} as high_count
    from ranked

),

bounded as (

    select
        *,
        {{ int_div_nearest('high_count', var('urgent_one_in')) }} as urgent_up_to,
        high_count + {{ int_div('(category_count - high_count) * ' ~ var('medium_percent'), 100) }} as medium_up_to
    from measured

),

prioritised as (

    select
        *,
        case
            when pressure_rank <= urgent_up_to then 'urgent'
            when pressure_rank <= high_count then 'high'
            when pressure_rank <= medium_up_to then 'medium'
            else 'low'
        end as priority
    from bounded

),

triggered as (

    select
        *,
        priority = 'urgent' as is_critical,
        sentiment = 'very_negative' as is_very_negative,
        rag_confidence < {{ low_confidence() }} as is_low_confidence,
        failed_attempts >= {{ repeated_failures() }} as has_repeated_failures
    from prioritised

),

triaged as (

    select
        {{ columns_except(['max_days_ahead', 'mood', 'score_thousandths', 'low_score_thousandths', 'pressure_draw', 'event_pressure', 'mood_pressure', 'pressure_rank', 'category_count', 'high_or_urgent_percent', 'high_count', 'urgent_up_to', 'medium_up_to']) }},
        case priority when 'urgent' then 'critical' else priority end as urgency,
        is_critical or is_very_negative or is_low_confidence or has_repeated_failures as is_escalated
    from triggered

)

select * from triaged
