{#- How many of the event's bookings have up to so many tickets. -#}
{%- set ups = [] -%}
{%- for size in range(1, 6) %}{% do ups.append(int_div_nearest('booked.booking_count * mixes.up_to_' ~ size, 1000)) %}{% endfor -%}
-- Party sizes per event: of six mixes, the one with the most tickets that fits the seats. A mix says how many of the event's bookings have up to
-- one, two .. five tickets, so their sum is known before any booking is made. Cancelled bookings are counted too, on the safe side.
with

event_bookings as (

    select * from {{ ref('int_event_bookings') }}

),

mixes as (

    select * from {{ ref('party_mixes') }}

),

events as (

    select * from {{ ref('int_booking_events') }}

),

booked as (

    select
        event_number,
        sum(booking_count) filter (where not {{ is_blocked_class('class_number') }})::bigint as booking_count,
        coalesce(sum(booking_count) filter (where {{ is_open_class('class_number', false) }}), 0)::bigint as basic_count
    from event_bookings
    group by event_number

),

fitting as (

    select
        booked.event_number,
        max(mixes.mix) as mix
    from booked
    cross join mixes
    inner join events
        on booked.event_number = events.event_number
    where booked.booking_count > 0 and 6 * booked.booking_count - {{ ups | join(' - ') }} <= events.seats
    group by booked.event_number

)

select
    booked.event_number,
    booked.booking_count,
    booked.basic_count,
    {% for up in ups %}
        {{ up }} as up_to_{{ loop.index }},
    {% endfor %}
    mixes.mix,
    {{ draw_below('party turn', 'booked.event_number', 'booked.booking_count') }} as turn
from fitting
inner join booked
    on fitting.event_number = booked.event_number
inner join mixes
    on fitting.mix = mixes.mix
