{%- set times, weeks_before = 3, 4 -%}
{#- Rows that a day may have more by chance alone. -#}
{%- set by_chance = 20 -%}
-- Rows of a day against the mean of the four weeks before it (requirements: no-day-stands-out). A day below the mean of all days is none that stands out.
-- Pending bookings are younger than the hold, and a block cancels all that it finds: both lie together by rule.
-- Both are left out when bookings are counted, not before, for the reason in quota_rules.
with

reservations as (

    select * from {{ ref('reservations') }}

),

tickets as (

    select * from {{ ref('tickets') }}

),

days as (

    select 'tickets opened' as what, {{ start_of('day', 'created_at') }}::date as day, count(*) as day_rows
    from tickets
    group by all
    union all
    select 'bookings made', {{ start_of('day', 'booking_date') }}::date, count_if(status != 'pending') as day_rows
    from reservations
    group by {{ start_of('day', 'booking_date') }}::date
    having day_rows > 0
    union all
    select 'bookings cancelled', {{ start_of('day', 'cancelled_at') }}::date, count_if(cancelled_by != 'block') as day_rows
    from reservations
    group by {{ start_of('day', 'cancelled_at') }}::date
    having day_rows > 0

),

compared as (

    select
        *,
        min(day) over (partition by what) as first_day,
        sum(day_rows) over (partition by what) / ({{ days_between('min(day) over (partition by what)', 'max(day) over (partition by what)') }} + 1) as mean_day,
        -- tickets go back thirty days: the first of them have fewer days before them
        coalesce(sum(day_rows) over (
            partition by what order by day range between interval {{ 7 * weeks_before }} day preceding and interval 1 day preceding
        ), 0) / greatest(least({{ 7 * weeks_before }}, {{ days_between('min(day) over (partition by what)', 'day') }}), 1) as mean_before
    from days

),

rules as (

    select
        day,
        day_rows || ' ' || what || ' on ' || day || ', and ' || {{ round_to('mean_before', 1) }} || ' a day in the four weeks before' as words,
        day = first_day or day_rows <= greatest(mean_day, {{ times }} * mean_before + {{ by_chance }}) as no_day_holds_three_times_the_four_weeks_before
    from compared

),

counted as (

    select
        {{ count_violations(id='day', words='words') }}
    from rules

)

{{ checked_rules('days', 'counted') }}
