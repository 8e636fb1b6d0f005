with

venues as (

    select
        venues.*,
        neighborhoods.region as expected_region,
        categories.capacity_min,
        categories.capacity_max
    from {{ ref('venues') }} as venues
    left join {{ ref('neighborhoods') }} as neighborhoods
        on venues.city = neighborhoods.city and venues.neighborhood = neighborhoods.neighborhood
    left join {{ ref('venue_categories') }} as categories
        on venues.category = categories.category

)

{{ checked_rules('venues', 'venues', rows={
    'venue_id_is_sequential': "regexp_full_match(venue_id, 'v_[0-9]{5,}')",
    'neighborhood_lies_in_city_and_city_in_region': "region = expected_region",
    'state_is_california': "state = 'California'",
    'address_is_given': "address is not null and name is not null",
    'capacity_in_range_of_category': "capacity between capacity_min and capacity_max",
}, totals={
    'venue_id_is_unique': repeats('venue_id'),
    'name_is_unique': repeats('lower(name)'),
}) }}
