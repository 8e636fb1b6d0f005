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

mixed as (

    select
        booked.event_number,
        booked.booking_count,
        booked.basic_count,
        {% for size in range(1, 6) %}
            {{ int_div_nearest('booked.booking_count * mixes.up_to_' ~ size, 1000) }} as up_to_{{ size }},
        {% endfor %}
        mixes.mix
    from booked
    cross join mixes
    where booked.booking_count > 0

),

parties as (

    select
        mixed.*,
        {{ draw_below('party turn', 'mixed.event_number', 'mixed.booking_count') }} as turn,
        row_number() over (partition by mixed.event_number order by mixed.mix desc) as mix_rank
    from mixed
    inner join events
        on mixed.event_number = events.event_number
    where 6 * booking_count - up_to_1 - up_to_2 - up_to_3 - up_to_4 - up_to_5 <= events.seats

)

select {{ columns_except(['mix_rank']) }} from parties where mix_rank = 1
