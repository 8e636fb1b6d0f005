-- depends_on: {{ ref('int_row_targets') }}
with

venues as (

    select * from {{ ref('int_venues__named') }}

),

categories as (

    select * from {{ ref('venue_categories') }}

),

drawn as (

    select
        venues.*,
        categories.event_category,
        categories.capacity_min,
        categories.capacity_max,
        {{ draw_unit('venue capacity', 'venues.venue_number') }} as capacity_draw
    from venues
    inner join categories
        on venues.category = categories.category

),

identified as (

    select
        venue_number,
        {{ sequential_id('v', 'venue_number') }} as venue_id,
        name,
        address,
        neighborhood,
        city,
        region,
        'California' as state,
        capacity_min + 10 * floor((capacity_max - capacity_min) * capacity_draw * capacity_draw / 10)::bigint as capacity,
        category,
        event_category
    from drawn

)

select * from identified
