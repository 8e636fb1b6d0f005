{#-
  CTEs that allocate each band's bookings among its events. `candidates` names a CTE with class_number, event_number, capacity, weight and bands.
-#}
{% macro allocate_event_bookings(candidates) -%}
{{ assign_bands(candidates) }},

banded_events as (

    select
        banded.*,
        bands.band_key,
        bands.size as target
    from banded
    inner join {{ ref('int_booking_bands') }} as bands
        on banded.class_number = bands.class_number and banded.band = bands.band

),

{{ allocate_proportionally(
    'banded_events', partition='band_key', number='event_number', is_cut=false, before='first_place', advice='(select any_value(advice) from ' ~ ref('int_booking_limits') ~ ')'
) }},

placed_events as (

    select
        class_number,
        band_key,
        event_number,
        allotment as booking_count,
        first_place
    from allotted

)
{%- endmacro %}
