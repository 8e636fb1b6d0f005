-- High or urgent tickets of each category, to the row (requirements: high-and-urgent-tickets).
with

categories as (

    select
        tickets.category,
        count(*) filter (where tickets.priority in ('high', 'urgent')) as high_count,
        {{ int_div('count(*) * any_value(priorities.high_or_urgent_percent) + 50', 100) }} as expected_count
    from {{ ref('tickets') }} as tickets
    left join {{ ref('ticket_priorities') }} as priorities
        on tickets.category = priorities.category
    group by tickets.category

),

rules as (

    select
        category,
        high_count || ' high or urgent, expected ' || expected_count as words,
        high_count = expected_count as high_or_urgent_share_of_category
    from categories

),

counted as (

    select
        {{ count_violations(id='category', words='words') }}
    from rules

)

{{ checked_rules('tickets', 'counted') }}
