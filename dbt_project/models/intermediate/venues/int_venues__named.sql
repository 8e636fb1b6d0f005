-- Landed venues first, unchanged; beyond them the landed ones again, as further rooms with a name and a street number of their own. What the shares of
-- categories and regions ask for beyond the landed ones lies on two lines, and each further venue takes a place of its own on both; so both shares are
-- exact at any number (requirements: shares-of-venues). Its source is a landed venue of its category and region; where there is none, the name is that of
-- one of the category, and the address that of one of the region.
with

stg_venues as (

    select * from {{ ref('stg_venues') }}

),

series_names as (

    select * from {{ ref('series_names') }}

),

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

landed as (

    select stg_venues.*, count(*) over () as landed_venues
    from stg_venues
    inner join parameters
        on stg_venues.venue_number <= parameters.venues

),

landed_values as (

    select 'venue_category' as attribute, category as value, count(*) as landed_rows from landed group by category
    union all
    select 'venue_region', region, count(*) from landed group by region

),

-- of a value that has not landed there is nothing to grow; the others take its places
missing as (

    select
        landed_values.attribute,
        landed_values.value,
        share_targets.position,
        landed_values.landed_rows,
        greatest(0, share_targets.row_count - landed_values.landed_rows) as missing_rows,
        sum(greatest(0, share_targets.row_count - landed_values.landed_rows)) over (partition by landed_values.attribute) as line_rows
    from landed_values
    inner join share_targets
        on landed_values.attribute = share_targets.attribute and landed_values.value = share_targets.value

),

spans as (

    select
        attribute,
        value,
        position,
        case when line_rows > 0 then missing_rows else landed_rows end as span_rows,
        (sum(case when line_rows > 0 then missing_rows else landed_rows end) over (partition by attribute order by position))::bigint as next_place
    from missing

),

sizes as (

    select attribute, any_value(position) as line_number, sum(span_rows)::bigint as line_rows
    from spans
    group by attribute

),

lines as (

    select
        attribute,
        {{ permutation_keys('line_rows', 'further venues', "(attribute = 'venue_region')::bigint") }}
    from sizes

),

numbered as (

    {{ numbered_rows('venues') }}

),

grown as (

    select
        numbered.number as venue_number,
        numbered.number - counted.landed_venues - 1 as grown_index
    from numbered
    inner join (select any_value(landed_venues) as landed_venues from landed) as counted
        on numbered.number > counted.landed_venues

),

placed as (

    select
        grown.venue_number,
        {{ permuted('grown.grown_index % categories.size', 'categories') }} as category_place,
        {{ permuted('grown.grown_index % regions.size', 'regions') }} as region_place
    from grown
    inner join lines as categories
        on categories.attribute = 'venue_category'
    inner join lines as regions
        on regions.attribute = 'venue_region'

),

paired as (

    select
        placed.venue_number,
        categories.value as category,
        regions.value as region,
        row_number() over (partition by categories.value, regions.value order by placed.venue_number) - 1 as pair_rank
    from placed
    inner join spans as categories
        on categories.attribute = 'venue_category' and placed.category_place >= categories.next_place - categories.span_rows and placed.category_place < categories.next_place
    inner join spans as regions
        on regions.attribute = 'venue_region' and placed.region_place >= regions.next_place - regions.span_rows and placed.region_place < regions.next_place

),

-- whether a venue asks for them or not: what no venue asks for is joined to none
pairs as (

    select categories.value as category, regions.value as region
    from spans as categories
    cross join spans as regions
    where categories.attribute = 'venue_category' and regions.attribute = 'venue_region'

),

matched as (

    select
        pairs.category,
        pairs.region,
        landed.venue_number as source_number,
        landed.category = pairs.category and landed.region = pairs.region as is_both,
        landed.category = pairs.category as has_category,
        bool_or(landed.category = pairs.category and landed.region = pairs.region) over (partition by pairs.category, pairs.region) as pair_has_landed
    from pairs
    inner join landed
        on pairs.category = landed.category or pairs.region = landed.region

),

{% for part, condition in [('name', 'has_category'), ('place', 'not has_category')] %}
    {{ part }}_sources as (

        select
            category,
            region,
            source_number,
            row_number() over (partition by category, region order by source_number) - 1 as source_rank,
            count(*) over (partition by category, region) as source_count
        from matched
        where case when pair_has_landed then is_both else {{ condition }} end

    ),
{% endfor %}

sourced as (

    select
        paired.venue_number,
        name_sources.source_number as name_number,
        place_sources.source_number as place_number,
        row_number() over (partition by name_sources.source_number order by paired.venue_number) as name_round,
        row_number() over (partition by place_sources.source_number order by paired.venue_number) as place_round
    from paired
    inner join name_sources
        on paired.category = name_sources.category and paired.region = name_sources.region and paired.pair_rank % name_sources.source_count = name_sources.source_rank
    inner join place_sources
        on paired.category = place_sources.category and paired.region = place_sources.region and paired.pair_rank % place_sources.source_count = place_sources.source_rank

),

rooms as (

    select name, number - 1 as room_rank, count(*) over () as room_count
    from series_names
    where kind = 'venue'

),

named as (

    select
        venue_number,
        name,
        address,
        neighborhood,
        city,
        region,
        category
    from landed

    union all

    select
        sourced.venue_number,
        names.name || ' ' || rooms.name || case when sourced.name_round > rooms.room_count then ' ' || ({{ int_div('sourced.name_round - 1', 'rooms.room_count') }} + 1) else '' end,
        regexp_replace(places.address, '^[0-9]+', (regexp_extract(places.address, {{ regex('^[0-9]+') }}, 0)::bigint + 2 * sourced.place_round)::string),
        places.neighborhood,
        places.city,
        places.region,
        names.category
    from sourced
    inner join landed as names
        on sourced.name_number = names.venue_number
    inner join landed as places
        on sourced.place_number = places.venue_number
    inner join rooms
        on (sourced.name_round - 1) % rooms.room_count = rooms.room_rank

)

select * from named
