{%- set purpose = 'cancellation or blocked party' -%}
{%- set actors = ['member', 'desk', 'block'] -%}
{#- A booking can be cancelled until as_of, or until the day of a past event. -#}
{%- set ends = 'ends_second' if has_past_season() else 'as_of_second' -%}
{#- The first second of the first day on which a part comes back, and of the first on which nothing does. -#}
{%- set part_second = '(as_of_second + ' ~ days('day_number + 1 - refund_full_notice_days') ~ ')' -%}
{%- set nothing_second = '(as_of_second + ' ~ days('least(day_number - refund_partial_notice_days, 0)') ~ ')' -%}
{%- set spent = [
    'is_cancelled', 'refund_full_notice_days', 'refund_partial_notice_days', 'blocked_second', 'created_second', 'as_of_second', 'drawn_second', 'waking_second'
] + (['ends_second'] if has_past_season() else []) -%}
-- When a cancelled booking was cancelled, and by whom: a blocked user's at the block, and all others by the member, between the booking and as_of, mostly
-- soon after it, at an hour when somebody is awake where there is room for one (requirements: cancelled-bookings-have-a-day-and-an-actor). Of an event that is
-- near, but leaves some days for it, three of four are cancelled when a part of the price still comes back: most plans fail late. No booking is cancelled by the desk so far. All in whole
-- seconds since 1970, and from one draw a cancelled booking: ten bits for the delay, the lowest two for being late, twice eleven for the hour. A blocked user's booking
-- needs none of them, and takes its party size from the same draw (int_bookings__priced).
with

dated as (

    select * from {{ ref('int_bookings__with_times') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

bookings as (

    select
        dated.*,
        dated.status = {{ enum_value('cancelled', ['confirmed', 'cancelled', 'pending']) }} as is_cancelled,
        {{ epoch_seconds('parameters.as_of_at') }} as as_of_second,
        {% if has_past_season() %}
            {{ epoch_seconds('parameters.as_of_at') }} + least({{ days('dated.day_number') }} - 1, 0) as ends_second,
        {% endif %}
        policies.refund_full_notice_days,
        policies.refund_partial_notice_days
    from dated
    cross join parameters
    cross join policies

),

-- from here on, every step is left to the few cancelled ones
mixed as (

    select
        *,
        case when is_cancelled then {{ drawn_once(purpose, 'booking_number') }} else 0 end as once
    from bookings

),

drawn as (

    select
        {{ columns_except(['once']) }},
        case when is_cancelled then {{ drawn_twice(purpose, 'once') }} else 0 end as booking_draw
    from mixed

),

delayed as (

    select
        *,
        case
            when not is_cancelled then 0
            when day_number + 1 - refund_full_notice_days <= -3 and created_second < {{ nothing_second }} and (booking_draw & 3) != 0
                then greatest(created_second, {{ part_second }}) + 1 + {{ shift_right('(' ~ nothing_second ~ ' - greatest(created_second, ' ~ part_second ~ ') - 1) * (booking_draw & 1023)', 10) }}
            else created_second + 1 + {{ shift_right('(' ~ ends ~ ' - created_second - 1) * ((booking_draw & 1023) * (booking_draw & 1023))', 20) }}
        end as drawn_second
    from drawn

),

-- 7 am to 11 pm Pacific, most often mid-afternoon, like the macro draw_daytime_second
wakened as (

    select
        *,
        case
            when is_cancelled
                then {{ int_div('drawn_second', 86400) }} * 86400 + ({{ hours(15) }} + {{ shift_right('((' ~ shift_right('booking_draw', 10) ~ ' & 2047) + ' ~ shift_right('booking_draw', 21) ~ ') * ' ~ hours(8), 11) }}) % {{ days(1) }}
            else 0
        end as waking_second
    from delayed

),

cancelled as (

    select
        {{ columns_except(spent) }},
        case
            when not is_cancelled then null
            when blocked_second is not null then {{ from_epoch_seconds('blocked_second') }}
            when waking_second > created_second and waking_second <= {{ ends }} then {{ from_epoch_seconds('waking_second') }}
            else {{ from_epoch_seconds('drawn_second') }}
        end as cancelled_at,
        case
            when not is_cancelled then null
            when {{ is_blocked_class('class_number') }} then {{ enum_value('block', actors) }}
            else {{ enum_value('member', actors) }}
        end as cancelled_by
    from wakened

)

select {{ cut_hint() }} * from cancelled
