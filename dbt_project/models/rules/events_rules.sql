with

held as (

    select event_id, sum(ticket_count) as held_tickets
    from {{ ref('reservations') }}
    where status in ('confirmed', 'pending')
    group by event_id

),

events as (

    select
        events.*,
        parameters.as_of,
        parameters.last_event_date,
        venues.city as venue_city,
        venues.name as expected_venue_name,
        venues.capacity,
        categories.event_category as expected_category,
        landed.title as landed_title,
        landed.category as landed_category,
        regexp_extract(events.title, ' \(([^(]+?)( [0-9]+)?\)$', 1) in (select name from {{ ref('series_names') }} where kind = 'event') as is_named_as_of_a_series,
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

)

{{ checked_rules('events', 'events', id='event_id', words='title', rows={
    'landed_event_is_as_landed': "landed_title is null or (title = landed_title and category = landed_category)",
    'further_event_is_named_as_of_a_series': "landed_title is not null or is_named_as_of_a_series",
    'venue_exists': "expected_venue_name is not null",
    'venue_name_is_the_venues': "venue_name = expected_venue_name",
    'category_matches_venue': "category = expected_category",
    'city_is_the_venues': "city = venue_city",
    'date_in_the_next_six_months': "event_date > as_of and event_date <= last_event_date",
    'when_is_date_and_start_time': "\"when\" = event_date + start_time::time",
    'duration_is_positive': "duration_minutes > 0",
    'price_min_below_price_max': "0 < price_min and price_min < price_max",
    'tickets_within_capacity': "total_tickets between 1 and capacity",
    'sold_within_total': "tickets_sold between 0 and total_tickets",
    'held_tickets_within_sold': "held_tickets <= tickets_sold",
    'status_is_known': "status in ('active', 'soldout', 'cancelled')",
    'soldout_exactly_when_all_sold': "status = 'cancelled' or (status = 'soldout') = (tickets_sold = total_tickets)",
    'slots_are_what_is_left': "slots_available = case status when 'cancelled' then 0 else total_tickets - tickets_sold end",
    'premium_is_given': "is_premium is not null",
    'text_has_no_unfilled_slot': "title not like '%{%' and description not like '%{%'",
}, totals={
    'event_id_is_unique': duplicate_count('event_id'),
    'event_id_is_sequential': id_sequence_errors('e', 'event_id'),
    'title_is_unique': duplicate_count('lower(title)'),
}) }}
