with

-- of all bookings, for the reason in quota_rules
held as (

    select event_id, sum(case when status in ('confirmed', 'pending') then ticket_count end) as held_tickets
    from {{ ref('reservations') }}
    group by event_id

),

events as (

    select
        events.*,
        parameters.as_of,
        parameters.last_event_date,
        parameters.first_past_date,
        parameters.last_past_date,
        parameters.past_events,
        venues.city as venue_city,
        venues.name as expected_venue_name,
        venues.capacity,
        categories.event_category as expected_category,
        landed.title as landed_title,
        landed.category as landed_category,
        regexp_extract(events.title, {{ regex(' \\(([^(]+?)( [0-9]+)?\\)$') }}, 1) in (select name from {{ ref('series_names') }} where kind = if(events.event_date < parameters.as_of, 'past_event', 'event')) as is_named_as_of_a_series,
        coalesce(held.held_tickets, 0) as held_tickets
    from {{ ref('events') }} as events
    cross join {{ ref('int_parameters') }} as parameters
    left join {{ ref('venues') }} as venues
        on events.venue_id = venues.venue_id
    left join {{ ref('venue_categories') }} as categories
        on venues.category = categories.category
    left join {{ ref('stg_events') }} as landed
        on events.event_id = {{ sequential_id('e', 'landed.event_number') }}
    left join held
        on events.event_id = held.event_id

),

rules as (

    select
        event_id,
        title,
        lower(title) as lower_title,
        landed_title is null or (title = landed_title and category = landed_category) as landed_event_is_as_landed,
        landed_title is not null or is_named_as_of_a_series as further_event_is_named_as_of_a_series,
        expected_venue_name is not null as venue_exists,
        venue_name = expected_venue_name as venue_name_is_the_venues,
        category = expected_category as category_matches_venue,
        city = venue_city as city_is_the_venues,
        (event_date > as_of and event_date <= last_event_date) or (event_date < as_of and past_events > 0) as date_in_the_next_six_months,
        event_date >= as_of or (event_date >= first_past_date and event_date <= last_past_date) as past_date_in_the_past_season,
        {{ adapter.quote('when') }} = (event_date || ' ' || start_time)::timestamp as when_is_date_and_start_time,
        duration_minutes > 0 as duration_is_positive,
        0 < price_min and price_min < price_max as price_min_below_price_max,
        total_tickets between 1 and capacity as tickets_within_capacity,
        tickets_sold between 0 and total_tickets as sold_within_total,
        held_tickets <= tickets_sold as held_tickets_within_sold,
        status in ('active', 'soldout', 'cancelled') as status_is_known,
        status = 'cancelled' or (status = 'soldout') = (tickets_sold = total_tickets) as soldout_exactly_when_all_sold,
        slots_available = case status when 'cancelled' then 0 else total_tickets - tickets_sold end as slots_are_what_is_left,
        is_premium is not null as premium_is_given,
        not contains(title, '{') and not contains(description, '{') as text_has_no_unfilled_slot
    from events

),

counted as (

    select
        {{ count_violations(id='event_id', words='title', keys=['lower_title']) }},
        {{ duplicate_count('event_id') }} as event_id_is_unique,
        {{ id_sequence_errors('e', 'event_id') }} as event_id_is_sequential,
        {{ duplicate_count('lower_title') }} as title_is_unique
    from rules

)

{{ checked_rules('events', 'counted') }}
