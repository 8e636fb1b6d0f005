{%- set base_name = "regexp_replace(venues.name, ' [0-9]+$', '')" -%}
with

venues as (

    select
        venues.*,
        neighborhoods.region as expected_region,
        categories.capacity_min,
        categories.capacity_max,
        landed.name as landed_name,
        landed.address as landed_address,
        landed.neighborhood as landed_neighborhood,
        landed.category as landed_category,
        {{ array_size(array_filter('rooms.names', 'room', 'right(' ~ base_name ~ ", length(room) + 1) = ' ' || room")) }} > 0 as is_named_as_a_room
    from {{ ref('venues') }} as venues
    cross join (select {{ array_collect('name') }} as names from {{ ref('series_names') }} where kind = 'venue') as rooms
    left join {{ ref('neighborhoods') }} as neighborhoods
        on venues.city = neighborhoods.city and venues.neighborhood = neighborhoods.neighborhood
    left join {{ ref('venue_categories') }} as categories
        on venues.category = categories.category
    left join {{ ref('stg_venues') }} as landed
        on venues.venue_id = {{ sequential_id('v', 'landed.venue_number') }}

),

rules as (

    select
        venue_id,
        name,
        lower(name) as lower_name,
        region = expected_region as neighborhood_lies_in_city_and_city_in_region,
        landed_name is null
        or (name = landed_name and address = landed_address and neighborhood = landed_neighborhood and category = landed_category) as landed_venue_is_as_landed,
        landed_name is not null or is_named_as_a_room as further_venue_is_named_as_a_room,
        state = 'California' as state_is_california,
        address is not null and name is not null as address_is_given,
        capacity between capacity_min and capacity_max as capacity_in_range_of_category
    from venues

),

counted as (

    select
        {{ count_violations(id='venue_id', words='name', keys=['lower_name']) }},
        {{ duplicate_count('venue_id') }} as venue_id_is_unique,
        {{ id_sequence_errors('v', 'venue_id') }} as venue_id_is_sequential,
        {{ duplicate_count('lower_name') }} as name_is_unique
    from rules

)

{{ checked_rules('venues', 'counted') }}
