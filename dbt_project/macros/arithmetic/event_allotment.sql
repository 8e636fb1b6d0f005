{#-
  CTEs that share out each band's bookings among its events. `candidates` names a CTE with class_number, event_number, capacity, weight and bands.
-#}
{% macro event_allotment(candidates) -%}
{{ banded(candidates) }},

banded_events as (

    select
        banded.*,
        bands.band_key,
        bands.size as target
    from banded
    inner join {{ ref('int_booking_bands') }} as bands
        on banded.class_number = bands.class_number and banded.band = bands.band

),

{{ shared_out('banded_events', partition='band_key', number='event_number', advice='(select any_value(advice) from ' ~ ref('feasibility') ~ ')') }},

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
