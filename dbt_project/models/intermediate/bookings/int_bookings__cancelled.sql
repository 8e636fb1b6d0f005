{%- set actors = ['member', 'desk', 'block'] -%}
-- When a cancelled booking was cancelled, and by whom: a blocked user's at the block, and all others by the member, between the booking and as_of, or the day of a past event, mostly
-- soon after it, at an hour when somebody is awake where there is room for one (requirements: cancelled-bookings-have-a-day-and-an-actor). No booking
-- is cancelled by the desk so far. All in whole seconds since 1970, and from one draw a booking: ten bits for the delay, twice eleven for the hour. A blocked
-- user's booking needs neither, and takes its party size from the same draw (int_bookings__priced).
with

dated as (

    select * from {{ ref('int_bookings__with_times') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

bookings as (

    select
        dated.*,
        dated.status = {{ enum_value('cancelled', ['confirmed', 'cancelled', 'pending']) }} as is_cancelled,
        {{ epoch_seconds('parameters.as_of_at') }}{{ ' + least(0, ' ~ days('dated.day_number') ~ ' - 1)' if has_past_season() }} as as_of_second,
        {{ draw('cancellation or blocked party', 'dated.booking_number') }} as booking_draw
    from dated
    cross join parameters

),

-- 7 am to 11 pm Pacific, most often mid-afternoon, like the macro draw_daytime_second; divisions are the costly part, and left to the few cancelled ones
drawn as (

    select
        *,
        created_second + 1 + (((as_of_second - created_second - 1) * ((booking_draw & 1023) * (booking_draw & 1023))) >> 20) as drawn_second,
        {{ hours(15) }} + ((((booking_draw >> 10) & 2047) + (booking_draw >> 21)) * {{ hours(8) }} >> 11) as second_of_day
    from bookings

),

wakened as (

    select
        *,
        case when is_cancelled then {{ int_div('drawn_second', 86400) }} * 86400 + second_of_day % {{ days(1) }} end as waking_second
    from drawn

),

cancelled as (

    select
        * exclude (is_cancelled, blocked_second, created_second, as_of_second, drawn_second, second_of_day, waking_second),
        case
            when not is_cancelled then null
            when blocked_second is not null then {{ from_epoch_seconds('blocked_second') }}
            when waking_second > created_second and waking_second <= as_of_second then {{ from_epoch_seconds('waking_second') }}
            else {{ from_epoch_seconds('drawn_second') }}
        end as cancelled_at,
        case
            when not is_cancelled then null
            when {{ is_blocked_class('class_number') }} then {{ enum_value('block', actors) }}
            else {{ enum_value('member', actors) }}
        end as cancelled_by
    from wakened

)

select * from cancelled
