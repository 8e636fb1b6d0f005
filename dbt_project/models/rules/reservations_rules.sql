{%- set different_pairs = '(count(distinct user_and_event) + count(distinct other_user_and_event) filter (where other_user_and_event is not null))' -%}
-- Of millions of bookings numbers are told apart, not the ids that are made of them: it takes less than half of the time and memory. Only an id that is written as
-- ids are has a number here, and one that shares 64 bits with another; all others are told apart as they are.
with

parameters as (

    select
        parameters.as_of,
        parameters.as_of_at,
        policies.premium_discount_percent,
        {{ seconds_after('parameters.as_of_at', '-' ~ hours('policies.pending_hold_hours')) }} as held_since
    from {{ ref('int_parameters') }} as parameters
    cross join {{ ref('int_policy_values') }} as policies

),

users as (

    select
        *,
        case when number < {{ 2 ** 31 }} and user_id = {{ sequential_id('u', 'number') }} then number end as user_number
    from (select *, try_cast(substr(user_id, 3) as bigint) as number from {{ ref('users') }}) as numbered

),

events as (

    select
        *,
        case when number < {{ 2 ** 31 }} and event_id = {{ sequential_id('e', 'number') }} then number end as event_number,
        -- by standard time of California
        {{ adapter.quote('when') }} + interval 8 hour as begins_at,
        {{ seconds_after(adapter.quote('when') ~ ' + interval 8 hour', minutes('duration_minutes')) }} as ends_at
    from (select *, try_cast(substr(event_id, 3) as bigint) as number from {{ ref('events') }}) as numbered

),

reservations as (

    select
        reservations.*,
        parameters.as_of,
        parameters.as_of_at,
        parameters.held_since,
        users.user_number,
        users.email as expected_email,
        users.subscription_tier,
        users.is_blocked,
        users.blocked_at,
        users.subscription_started_at,
        users.subscription_ended_at,
        events.title as expected_title,
        events.venue_id as expected_venue_id,
        events.venue_name as expected_venue_name,
        events.event_date as expected_date,
        events.is_premium as is_premium_event,
        events.status as event_status,
        events.event_number,
        events.begins_at,
        events.ends_at,
        events.price_min,
        events.price_max,
        {{ round_to(
            '(reservations.total_price * 100)::double'
            ~ ' / (reservations.ticket_count * (100 - if(reservations.is_premium_booking, parameters.premium_discount_percent, 0)))',
            2
        ) }} as unit_price
    from {{ ref('reservations') }} as reservations
    cross join parameters
    left join users
        on reservations.user_id = users.user_id
    left join events
        on reservations.event_id = events.event_id

),

rules as (

    select
        case when {{ shows_rows() }} then reservation_id end as shown_id,
        case when {{ shows_rows() }} then user_id || ', ' || event_id end as shown_user_and_event,
        {{ shift_left('user_number', 31) }} + event_number as user_and_event,
        case when user_number is null or event_number is null then user_id || ', ' || event_id end as other_user_and_event,
        expected_email is not null as user_exists,
        expected_title is not null as event_exists,
        user_email = expected_email as user_columns_are_the_users,
        event_title = expected_title
        and event_date = expected_date
        and venue_id = expected_venue_id
        and venue_name = expected_venue_name as event_columns_are_the_events,
        status in ('confirmed', 'cancelled', 'pending') as status_is_known,
        payment_method in ('credit_card', 'paypal', 'apple_pay', 'google_pay') as payment_method_is_known,
        not is_premium_event or subscription_tier = 'premium' as premium_event_only_for_premium_user,
        not is_blocked or status = 'cancelled' as blocked_users_bookings_are_cancelled,
        (status = 'cancelled') = (cancelled_at is not null)
        and (status = 'cancelled') = (cancelled_by is not null) as cancelled_at_and_by_exactly_when_cancelled,
        cancelled_by is null or cancelled_by in ('member', 'desk', 'block') as cancelled_by_is_known,
        cancelled_at is null or cancelled_at > booking_date as cancelled_after_the_booking,
        cancelled_at is null or (cancelled_at <= as_of_at and cancelled_at < event_date) as cancelled_before_as_of_and_the_event,
        blocked_at is null or booking_date < blocked_at as no_booking_after_the_block,
        (cancelled_by is not distinct from 'block') = (is_blocked and cancelled_at = blocked_at) as block_cancels_exactly_at_the_block,
        blocked_at is null or coalesce(cancelled_at <= blocked_at, false) as cancelled_at_the_block_at_latest,
        event_status != 'cancelled' as no_booking_of_a_cancelled_event,
        booking_date >= subscription_started_at
        and (subscription_ended_at is null or booking_date <= subscription_ended_at) as booked_within_subscription,
        booking_date <= as_of_at as booked_before_as_of,
        booking_date < event_date as booked_before_event,
        status != 'pending' or booking_date > held_since as pending_booking_is_younger_than_the_hold,
        event_date > as_of or status != 'pending' as no_past_booking_is_pending,
        attended_at is null or status = 'confirmed' as attended_only_when_confirmed,
        attended_at is null or (event_date < as_of and attended_at <= as_of_at) as attended_only_in_the_past,
        attended_at is null or (attended_at > begins_at and attended_at < ends_at) as attended_while_the_event_was_on,
        ticket_count between 1 and 6 as one_to_six_tickets,
        unit_price between price_min and price_max as unit_price_in_range_of_event,
        is_premium_booking = (subscription_tier = 'premium') as premium_booking_exactly_for_premium_tier
    from reservations

),

numbered as (

    select
        reservation_id,
        try_cast(substr(reservation_id, 3) as bigint) as number
    from {{ ref('reservations') }}

),

compared as (

    select
        reservation_id,
        number,
        (reservation_id is distinct from {{ sequential_id('r', 'number') }}) as is_written_otherwise
    from numbered

),

-- Ids that are written as ids are, thirty-two of successive numbers in the bits of a row, and each other id in a row of its own.
id_blocks as (

    select
        {{ shift_right('number', 5) }} as block,
        case when is_written_otherwise then reservation_id end as other_id,
        bit_or({{ shift_left('1::bigint', low_bits('number', 5)) }}) as places,
        count_if(is_written_otherwise) as written_otherwise,
        max(number) as highest,
        max(case when {{ shows_rows() }} then reservation_id end) as shown_id
    from compared
    group by block, other_id

),

ids as (

    select
        coalesce(sum(case when other_id is null then bit_count(places) else 1 end), 0)::bigint as different,
        coalesce(sum(written_otherwise), 0)::bigint as written_otherwise,
        coalesce(max(highest), 0) as highest,
        case when {{ shows_rows() }} then coalesce(min(other_id), max(shown_id)) end as shown_id
    from id_blocks

),

counted as (

    select
        {{ count_violations(id='shown_id', keys=['shown_user_and_event', 'user_and_event', 'other_user_and_event']) }},
        {{ struct_of({
            'violations': 'count(*) - (select different from ids)',
            'example': 'case when count(shown_id) > (select different from ids) then ' ~ most_frequent('shown_id', shows_rows()) ~ ' end'
        }) }} as reservation_id_is_unique,
        {{ struct_of({
            'violations': '(select written_otherwise from ids) + abs(count(*) - (select highest from ids))',
            'example': '(select shown_id from ids)'
        }) }} as reservation_id_is_sequential,
        {{ struct_of({
            'violations': 'count(*) - ' ~ different_pairs,
            'example': 'case when count(shown_user_and_event) > ' ~ different_pairs ~ ' then ' ~ most_frequent('shown_user_and_event', shows_rows()) ~ ' end'
        }) }} as one_booking_per_user_and_event
    from rules

)

{{ checked_rules('reservations', 'counted') }}
