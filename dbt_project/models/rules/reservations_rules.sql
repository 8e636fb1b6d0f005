with

reservations as (

    select
        reservations.*,
        parameters.as_of_at,
        policies.premium_discount_percent,
        policies.pending_hold_hours,
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
        parameters.as_of,
        -- by standard time of California
        events.{{ adapter.quote('when') }} + interval 8 hour as begins_at,
        events.duration_minutes,
        events.price_min,
        events.price_max,
        {{ round_to(
            '(reservations.total_price * 100)::double'
            ~ ' / (reservations.ticket_count * (100 - if(reservations.is_premium_booking, policies.premium_discount_percent, 0)))',
            2
        ) }} as unit_price
    from {{ ref('reservations') }} as reservations
    cross join {{ ref('int_parameters') }} as parameters
    cross join {{ ref('int_policy_values') }} as policies
    left join {{ ref('users') }} as users
        on reservations.user_id = users.user_id
    left join {{ ref('events') }} as events
        on reservations.event_id = events.event_id

),

rules as (

    select
        reservation_id,
        user_id || ', ' || event_id as user_and_event,
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
        status != 'pending' or booking_date > {{ seconds_after('as_of_at', '-' ~ hours('pending_hold_hours')) }} as pending_booking_is_younger_than_the_hold,
        event_date > as_of or status != 'pending' as no_past_booking_is_pending,
        attended_at is null or status = 'confirmed' as attended_only_when_confirmed,
        attended_at is null or (event_date < as_of and attended_at <= as_of_at) as attended_only_in_the_past,
        attended_at is null or (attended_at > begins_at and attended_at < {{ seconds_after('begins_at', minutes('duration_minutes')) }}) as attended_while_the_event_was_on,
        ticket_count between 1 and 6 as one_to_six_tickets,
        unit_price between price_min and price_max as unit_price_in_range_of_event,
        is_premium_booking = (subscription_tier = 'premium') as premium_booking_exactly_for_premium_tier
    from reservations

),

counted as (

    select
        {{ count_violations(id='reservation_id', keys=['user_and_event']) }},
        {{ duplicate_count('reservation_id') }} as reservation_id_is_unique,
        {{ id_sequence_errors('r', 'reservation_id') }} as reservation_id_is_sequential,
        {{ duplicate_count('user_and_event') }} as one_booking_per_user_and_event
    from rules

)

{{ checked_rules('reservations', 'counted') }}
