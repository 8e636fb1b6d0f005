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
        len(list_filter(rooms.names, lambda room: ends_with(regexp_replace(venues.name, ' [0-9]+$', ''), ' ' || room))) > 0 as is_named_as_a_room
    from {{ ref('venues') }} as venues
    cross join (select list(name) as names from {{ ref('series_names') }} where kind = 'venue') as rooms
    left join {{ ref('neighborhoods') }} as neighborhoods
        on venues.city = neighborhoods.city and venues.neighborhood = neighborhoods.neighborhood
    left join {{ ref('venue_categories') }} as categories
        on venues.category = categories.category
    left join {{ ref('stg_venues') }} as landed
        on venues.venue_id = {{ sequential_id('v', 'landed.venue_number') }}

)

{{ checked_rules('venues', 'venues', id='venue_id', words='name', rows={
    'neighborhood_lies_in_city_and_city_in_region': "region = expected_region",
    'landed_venue_is_as_landed': "landed_name is null or (name = landed_name and address = landed_address and neighborhood = landed_neighborhood and category = landed_category)",
    'further_venue_is_named_as_a_room': "landed_name is not null or is_named_as_a_room",
    'state_is_california': "state = 'California'",
    'address_is_given': "address is not null and name is not null",
    'capacity_in_range_of_category': "capacity between capacity_min and capacity_max",
}, totals={
    'venue_id_is_unique': duplicate_count('venue_id'),
    'venue_id_is_sequential': id_sequence_errors('v', 'venue_id'),
    'name_is_unique': duplicate_count('lower(name)'),
}) }}
