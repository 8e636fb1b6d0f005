{#- Fewer events of a category than this tell nothing of how price and sales go together, and fewer rows a day nothing of days. -#}
{%- set least_events, least_day = 10, 20 -%}
-- Shapes that life has and chance alone would not draw, measured: busy days, members with none and with many bookings, distance, price, views. A shape has a
-- bound where it should hold at the full volume; what a small set has too few rows for is null. One row a measure.
with

users as (

    select user_id, city, subscription_tier, subscription_status, is_blocked from {{ ref('users') }}

),

reservations as (

    select user_id, event_date, status, booking_date, cancelled_at, cancelled_by from {{ ref('reservations') }}

),

events as (

    select
        category,
        price_min + price_max as price,
        tickets_sold / total_tickets as sold_part
    from {{ ref('events') }}
    where status = 'active' and event_date > (select as_of from {{ ref('int_parameters') }})

),

tickets as (

    select created_at from {{ ref('tickets') }}

),

kb_articles as (

    select article_id, view_count from {{ ref('kb_articles') }}

),

labels as (

    select expected_article_id from {{ ref('ticket_labels') }}

),

parameters as (

    select as_of from {{ ref('int_parameters') }}

),

cities as (

    select city, booking_percent from {{ ref('cities') }}

),

days as (

    select 'bookings made' as what, booking_date::date as day, count(*) as day_rows
    from reservations
    where status != 'pending'
    group by all
    union all
    select 'bookings cancelled', cancelled_at::date, count(*)
    from reservations
    where cancelled_by != 'block'
    group by all
    union all
    select 'tickets opened', created_at::date, count(*)
    from tickets
    group by all

),

weighed as (

    select
        days.*,
        days.day = parameters.as_of - 1 as is_last,
        avg(days.day_rows) over (partition by days.what) as mean_day,
        sum(days.day_rows) over (
            partition by days.what order by days.day range between interval 28 day preceding and interval 1 day preceding
        ) / greatest(1, least(28, {{ days_between('min(days.day) over (partition by days.what)', 'days.day') }})) as mean_before
    from days
    cross join parameters

),

pending as (

    select
        count(*) filter (where reservations.booking_date >= parameters.as_of - 1) as last_day,
        count(*) as pending_rows
    from reservations
    cross join parameters
    where reservations.status = 'pending'

),

counts as (

    select reservations.user_id, count(*) as booking_count
    from reservations
    cross join parameters
    where reservations.event_date > parameters.as_of
    group by reservations.user_id

),

members as (

    select
        users.subscription_tier,
        cities.booking_percent,
        coalesce(counts.booking_count, 0) as booking_count
    from users
    left join counts
        on users.user_id = counts.user_id
    left join cities
        on users.city = cities.city
    where users.subscription_status = 'active' and not users.is_blocked

),

articles as (

    select kb_articles.article_id, any_value(kb_articles.view_count) as view_count, count(labels.expected_article_id) as tickets
    from kb_articles
    left join labels
        on kb_articles.article_id = labels.expected_article_id
    group by kb_articles.article_id

),

categories as (

    select category, case when count(*) >= {{ least_events }} then corr(price, sold_part) end as correlation
    from events
    group by category

),

measures as (

    select
        'busiest day of ' || what as measure,
        'times the mean of the four weeks before' as unit,
        max(day_rows / mean_before) filter (where day_rows > greatest({{ least_day }}, mean_day)) as value,
        null as least,
        3 as most
    from weighed
    group by what

    union all

    select 'last day of ' || what, 'times the mean of the four weeks before', max(day_rows / mean_before) filter (where is_last and day_rows > {{ least_day }}), null, 3
    from weighed
    group by what

    union all

    select 'pending bookings on the last day', '% of the pending ones', 100 * last_day / nullif(pending_rows, 0), null, 75
    from pending

    union all

    select 'active ' || subscription_tier || ' members without a booking', '% of them', 100 * avg((booking_count = 0)::bigint), 5, null
    from members
    group by subscription_tier

    union all

    select
        'active members at the most bookings',
        'times those with one less',
        count(*) filter (where booking_count = {{ var('most_bookings_per_user') }})
        / nullif(count(*) filter (where booking_count = {{ var('most_bookings_per_user') }} - 1), 0),
        null,
        3
    from members

    union all

    select
        'bookings of an active member who lives far away',
        'times those of a local',
        avg(booking_count) filter (where booking_percent < 100)
        / nullif(avg(booking_count) filter (where booking_percent >= 100), 0),
        null,
        1
    from members

    union all

    select 'price and sell-through of ' || category, 'correlation', correlation, null, 0
    from categories

    union all

    select 'views and tickets of an article', 'correlation', corr(view_count, tickets), 0, null
    from articles

)

select
    measure,
    unit,
    {{ round_to('value', 3) }} as value,
    least::double as least,
    most::double as most,
    value >= coalesce(least, value) and value <= coalesce(most, value) as holds
from measures
order by measure
