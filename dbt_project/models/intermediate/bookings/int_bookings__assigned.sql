-- depends_on: {{ ref('int_user_bookings__past') }}
-- Each booking gets its event. Booking i of a class's line goes to band i mod bands and, permuted within the band, to a place that belongs to one event.
-- Why nobody books an event twice and no event oversells: docs/how-bookings-are-assigned.md. The party takes its event's mix by rank: here, so that later
-- steps hand on a number instead of the mix.
with

counts as (

    select *{{ ', null::bigint as months_back' if has_past_season() }} from {{ ref('int_user_bookings') }}
    {% if has_past_season() %}
        union all
        select * from {{ ref('int_user_bookings__past') }}
    {% endif %}

),

bookers as (

    select * from {{ ref('int_booking_users') }}

),

classes as (

    select * from {{ ref('int_booking_classes') }}

),

booking_bands as (

    select * from {{ ref('int_booking_bands') }}

),

buckets as (

    select * from {{ ref('int_place_buckets') }}

),

places as (

    select * from {{ ref('int_event_places') }}

),

-- how a user's bookings spread over the months (int_bookings__with_times), once a user and not once a booking; past ones were made in a month that is given
spread as (

    select
        counts.*,
        {{ columns_except(['user_number', 'class_number', 'pool', 'capacity', 'weight'], of='bookers') }},
        classes.bands,
        classes.first_band,
        {{ spread_days('counts.booking_count', 'bookers') }} as spread_days,
        -- where within the step from one booking to the next, counted in 31 parts, the user's latest one lies, if they are spread over months
        {{ draw_below('booking phase', 'counts.user_number', longest_month_days(), is_short_key=true) }} as phase_days
    from counts
    inner join bookers
        on counts.user_number = bookers.user_number
    inner join classes
        on counts.class_number = classes.class_number

),

stepped as (

    select
        {{ columns_except((['months_back'] if has_past_season() else []) + ['monthly_quota', 'month_count', 'last_month_days', 'phase_days', 'spread_days']) }},
        {{ fits_any_month('booking_count', 'monthly_quota') }} as fits_any_month,
        booking_count <= monthly_quota or {{ int_div(longest_month_days() ~ ' * booking_count', 'spread_days') }} + 3 <= monthly_quota as fits_month_before,
        {% if has_past_season() %}
            case when months_back is null then {{ longest_month_days() }} * spread_days else 0 end as month_step,
            coalesce(months_back, phase_days * spread_days + ({{ longest_month_days() }} - last_month_days) * {{ longest_month_days() }} * booking_count) as month_start,
            case when months_back is null then {{ longest_month_days() }} * {{ longest_month_days() }} * booking_count else 1 end as month_unit
        {% else %}
            {{ longest_month_days() }} * spread_days as month_step,
            phase_days * spread_days + ({{ longest_month_days() }} - last_month_days) * {{ longest_month_days() }} * booking_count as month_start,
            {{ longest_month_days() }} * {{ longest_month_days() }} * booking_count as month_unit
        {% endif %}
    from spread

),

users as (

    {{ repeated_rows('stepped', 'booking_count', 'slot_rank', counted=[ref('int_user_bookings')] + ([ref('int_user_bookings__past')] if has_past_season() else [])) }}

),

slots as (

    select {{ cut_hint() }}
        {{ columns_except(['first_booking', 'first_slot', 'first_band']) }},
        first_booking + slot_rank + 1 as booking_number,
        first_slot + slot_rank as slot,
        first_band + (first_slot + slot_rank) % bands as slot_band
    from users

),

scattered as (

    select
        {{ columns_except(['slot', 'bands', 'slot_band'], of='slots') }},
        bands.first_bucket,
        {{ permuted(int_div('slots.slot', 'slots.bands'), 'bands') }} as place
    from slots
    inner join booking_bands as bands
        on slots.slot_band = bands.band_number

),

-- a key of one relation alone: over two, the join would be a cross product
keyed as (

    select
        {{ columns_except(['first_bucket']) }},
        first_bucket + {{ shift_right('place', bucket_bits()) }} as slot_bucket
    from scattered

),

found as (

    select
        {{ columns_except(['slot_bucket'], of='keyed') }},
        buckets.span_before + bit_count({{ shift_right('buckets.beginnings', place_in_bucket('keyed.place')) }})::bigint as slot_span
    from keyed
    inner join buckets
        on keyed.slot_bucket = buckets.bucket_number

),

mixed as (

    select
        {{ columns_except(['slot_span', 'place'], of='found') }},
        places.event_number,
        places.up_to_1,
        places.up_to_2,
        places.up_to_3,
        places.up_to_4,
        places.up_to_5,
        places.day_number::bigint as day_number,
        places.price_min,
        places.price_span,
        {{ rotated('found.place', 'places.rank_start', 'places.party_bookings') }} as party_rank
    from found
    inner join places
        on found.slot_span = places.span_number

)

select {{ cut_hint() }}
    {{ columns_except(['party_rank', 'up_to_1', 'up_to_2', 'up_to_3', 'up_to_4', 'up_to_5']) }},
    {{ party_size('party_rank', 'mixed') }} as party_size
from mixed
