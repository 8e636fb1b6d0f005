{#-
  CTEs that assign the events of a class to its bands, in boustrophedon order of capacity, so that every band has its part of the seats. `events` names a CTE
  with class_number, event_number, band_unit, capacity and bands; events of one unit stay together.
-#}
{% macro assign_bands(events) -%}
band_units as (

    select class_number, band_unit, sum(capacity) as unit_capacity
    from {{ events }}
    group by class_number, band_unit

),

ranked_units as (

    select
        class_number,
        band_unit,
        row_number() over (partition by class_number order by unit_capacity desc, band_unit) - 1 as unit_rank
    from band_units

),

banded as (

    select
        {{ columns_except(['band_unit'], of='events') }},
        case
            when {{ int_div('units.unit_rank', 'events.bands') }} % 2 = 0 then units.unit_rank % events.bands
            else events.bands - 1 - units.unit_rank % events.bands
        end as band
    from {{ events }} as events
    inner join ranked_units as units
        on events.class_number = units.class_number and events.band_unit = units.band_unit

)
{%- endmacro %}
