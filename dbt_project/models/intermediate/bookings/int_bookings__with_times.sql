{%- set statuses = ['confirmed', 'cancelled', 'pending'] -%}
{#- Months of bookings that are looked at; a window is two years at most. -#}
{%- set calendar_months = 120 -%}
{#- A past event is booked until so long before its day, so that the booking may still be cancelled. -#}
{%- set latest_hours = hours(2) -%}
{%- set spent = [
    'booking_month', 'month_step', 'month_start', 'month_unit', 'fits_any_month', 'fits_month_before', 'last_month', 'closes_second',
    'pending_seconds', 'reach_days'
] + (['is_past', 'sells_until_second'] if has_past_season() else []) -%}
-- When each booking was made. Up to a month's quota of bookings may fall anywhere: the nearer to now the more, in a straight line, over a time that is the
-- shorter the nearer the event is (requirements: no-day-stands-out). A user with more spreads them over the latest months that hold them, from a phase of the user's
-- own: of n over d days, counted in months of 31, the k-th falls k * d div n days back, so no month gets more than 31 * n / d rounded up, which is at most
-- the quota. A cancelled booking holds no quota and may fall anywhere, but hardly near now: the younger, the less time there was to cancel it. A pending
-- one is younger than the hold of its payment, at any time of it. A booking of a past season was made in
-- the month that is given for it or the one before (int_user_bookings__past), before the day of the event. All in whole seconds since 1970.
with

stated as (

    select * from {{ ref('int_bookings__with_status') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

numbers as (

    select * from {{ ref('int_numbers') }}

),

-- a pending booking is made two hours after its hold began at the earliest
bookings as (

    select
        stated.*,
        {{ hours('policies.pending_hold_hours - 2') }} as pending_seconds,
        stated.status = {{ enum_value('pending', statuses) }} as is_pending,
        stated.status = {{ enum_value('cancelled', statuses) }} as is_cancelled,
        stated.status = {{ enum_value('cancelled', statuses) }} or stated.fits_any_month as is_free,
        {% if has_past_season() %}
            stated.day_number < 0 as is_past,
            {{ epoch_seconds('parameters.as_of_at') }} + {{ days('stated.day_number') }} - {{ latest_hours }} as sells_until_second,
        {% endif %}
        {{ var('booking_reach_days') }} + {{ var('booking_reach_per_day_ahead') }} * stated.day_number as reach_days
    from stated
    cross join policies
    {% if has_past_season() %}
        cross join parameters
    {% endif %}

),

spread as (

    select
        *,
        last_month - case when is_pending then 0 else {{ int_div('slot_rank * month_step + month_start', 'month_unit') }} end as booking_month
    from bookings

),

latest_months as (

    select {{ month_number('parameters.as_of') }} + 1 - numbers.number as month_number
    from parameters
    cross join numbers
    where numbers.number <= {{ calendar_months }}

),

months as (

    select
        month_number,
        {{ epoch_seconds(month_start('month_number - 1')) }} as previous_second,
        {{ epoch_seconds(month_start('month_number')) }} as first_second,
        {{ epoch_seconds(month_start('month_number + 1')) }} as next_second
    from latest_months

),

windows as (

    select {{ cut_hint() }}
        {{ columns_except(spent, of='spread') }},
        case
            {{ 'when spread.is_past then months.previous_second' if has_past_season() }}
            when spread.is_pending then greatest(spread.closes_second - spread.pending_seconds, case when spread.fits_month_before then 0 else months.first_second end)
            when spread.is_free then spread.closes_second - {{ days('spread.reach_days') }}
            else months.first_second
        end as begin_second,
        case {{ 'when spread.is_past then least(spread.closes_second, months.next_second, spread.sells_until_second) ' if has_past_season() }}when spread.is_pending or spread.is_free or spread.closes_second < months.next_second then spread.closes_second else months.next_second end as latest_second
    from spread
    inner join months
        on spread.booking_month = months.month_number

),

drawn as (

    select
        {{ columns_except(['opens_second', 'begin_second']) }},
        -- no greatest, whose bounds are not known and which takes twice the time
        case when begin_second > opens_second then begin_second else opens_second end as earliest_second,
        {{ draw_unit('booking moment', 'booking_number', is_short_key=true) }} as moment_draw,
        {{ draw_daytime_second('booking hour', 'booking_number', is_short_key=true) }} as second_of_day
    from windows

),

placed as (

    select
        {{ columns_except(['moment_draw']) }},
        -- a complement is a minus and one less, and looks for no overflow
        latest_second + ~floor((latest_second - earliest_second) * case
            when is_cancelled then sqrt(1 - sqrt(1 - moment_draw))
            when is_free and not is_pending then 1 - sqrt(1 - moment_draw)
            else moment_draw
        end)::bigint as drawn_second
    from drawn

),

wakened as (

    select
        *,
        {{ int_div('drawn_second', days(1)) }} * {{ days(1) }} + second_of_day as waking_second
    from placed

),

bounded as (

    select
        *,
        case
            when waking_second >= earliest_second and waking_second < latest_second then waking_second
            when drawn_second > earliest_second then drawn_second
            else earliest_second
        end as created_second
    from wakened

),

dated as (

    select
        {{ columns_except(['earliest_second', 'latest_second', 'drawn_second', 'waking_second', 'second_of_day', 'is_free', 'is_pending', 'is_cancelled']) }},
        {{ from_epoch_seconds('created_second') }} as created_at
    from bounded

)

select {{ cut_hint() }} * from dated
