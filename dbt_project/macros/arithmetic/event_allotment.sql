{#-
  CTEs that deal the events of a class to its bands and share out each band's bookings among them. `candidates` names a CTE with class_number,
  event_number, capacity and weight. Events go to bands in boustrophedon order of capacity, so that every band has its part of the seats.
-#}
{% macro event_allotment(candidates) -%}
ranked_events as (

    select *, row_number() over (partition by class_number order by capacity desc, event_number) - 1 as event_rank
    from {{ candidates }}

),

banded_events as (

    select
        ranked_events.*,
        bands.band_key,
        bands.size as target
    from ranked_events
    inner join {{ ref('int_booking_bands') }} as bands
        on ranked_events.class_number = bands.class_number
        and bands.band = case
            when {{ whole('ranked_events.event_rank', 'bands.bands') }} % 2 = 0 then ranked_events.event_rank % bands.bands
            else bands.bands - 1 - ranked_events.event_rank % bands.bands
        end

),

{{ shared_out('banded_events', partition='band_key', number='event_number') }},

placed_events as (

    select
        class_number,
        band_key,
        event_number,
        allotment as booking_count,
        (sum(allotment) over (partition by band_key order by event_number) - allotment)::bigint as first_place
    from allotted

)
{%- endmacro %}
