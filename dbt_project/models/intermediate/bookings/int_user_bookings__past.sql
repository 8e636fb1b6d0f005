{#- What members may make in a month, and the seats there are for it: so many per cent of either are booked at most. -#}
{%- set most_quota_percent, most_room_percent = 60, 80 -%}
{#- Of ten members so many book in the months of the event and before it; so many more one month earlier, and the others two. -#}
{%- set spontaneous, early = 5, 8 -%}
-- How many bookings each user made in each month of a past season (var past_months), as int_user_bookings has them for the season to come, and behind these.
-- A member books events of a month in one of two months: that of the event or the one before, or so much earlier as is the member's habit. So the bookings
-- of two neighbouring months of events meet in a month, and each may take half of what the season to come has left of the quota. Only who was a member
-- through these months has booked; blocked members have not. There were fewer bookings when there were fewer members.
with

upcoming as (

    select * from {{ ref('int_user_bookings') }}

),

booking_users as (

    select * from {{ ref('int_booking_users') }}

),

booking_classes as (

    select * from {{ ref('int_booking_classes') }}

),

rooms as (

    select * from {{ ref('int_booking_rooms') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

bookers as (

    select
        users.*,
        coalesce(upcoming.booking_count, 0) as upcoming_count,
        {{ is_premium_class('users.class_number') }} as is_premium,
        {{ draw_below('past booking habit', 'users.user_number', 10) }} as habit_draw
    from booking_users as users
    left join upcoming
        on users.user_number = upcoming.user_number
    where not {{ is_blocked_class('users.class_number') }}

),

-- what the season to come leaves of the quota of a month, and of the last two, in which pending bookings may be moved
roomy as (

    select
        *,
        case habit_draw < {{ spontaneous }} when true then 0 else case habit_draw < {{ early }} when true then 1 else 2 end end as months_early,
        monthly_quota - case
            when {{ fits_any_month('upcoming_count', 'monthly_quota') }} then upcoming_count
            else {{ int_div_up(longest_month_days() ~ ' * upcoming_count', spread_days('upcoming_count', 'bookers')) }}
        end as free_quota,
        case when {{ fits_any_month('upcoming_count', 'monthly_quota') }} then 0 else {{ most_pending_per_user() }} end as moved_quota
    from bookers

),

months as (

    select
        roomy.*,
        classes.class_number as past_class,
        classes.bands as past_bands,
        classes.season_month,
        {{ month_number('parameters.last_past_date') }} + 1 - classes.season_month - roomy.months_early as booking_month,
        {{ epoch_seconds('parameters.as_of_at') }} as as_of_second
    from roomy
    inner join booking_classes as classes
        on classes.season_month > 0 and roomy.is_premium = classes.is_premium_class
    cross join parameters

),

eligible as (

    select
        user_number,
        past_class as class_number,
        last_month - booking_month as months_back,
        least(past_bands, {{ int_div('greatest(0, free_quota - case when booking_month >= last_month - 1 then moved_quota else 0 end) + (booking_month + months_early + user_number) % 2', 2) }})::bigint as capacity,
        greatest(1, {{ nearest_integer('weight * (0.2 + 1.6 * ' ~ draw_unit('past booking mood', 'user_number * 64 + season_month') ~ ')') }}) as weight
    from months
    where
        opens_second + {{ days(1) }} <= {{ epoch_seconds(month_start('booking_month')) }}
        and closes_second >= least(as_of_second, {{ epoch_seconds(month_start('booking_month + 1')) }})

),

counts as (

    select
        class_number,
        count(*) as member_count,
        sum(capacity)::bigint as capacity
    from eligible
    group by class_number

),

all_members as (

    select count(*) as member_count from bookers

),

-- as many bookings an event and member as the season to come has
targets as (

    select
        counts.class_number,
        least(
            ({{ int_div(wide_integer('parameters.reservations') ~ ' * counts.member_count * classes.event_count', wide_integer('all_members.member_count') ~ ' * upcoming_classes.event_count') }}),
            {{ int_div('counts.capacity * ' ~ most_quota_percent, 100) }},
            {{ int_div('rooms.room * ' ~ most_room_percent, 100) }}
        )::bigint as target
    from counts
    cross join parameters
    cross join all_members
    inner join booking_classes as classes
        on counts.class_number = classes.class_number
    inner join booking_classes as upcoming_classes
        on upcoming_classes.season_month = 0
        and not upcoming_classes.is_blocked_class
        and classes.is_premium_class = upcoming_classes.is_premium_class
    inner join rooms
        on counts.class_number = rooms.class_number

),

past_bookers as (

    select {{ broadcast_hint('targets') }}
        eligible.user_number,
        eligible.class_number,
        eligible.months_back,
        eligible.capacity,
        eligible.weight,
        targets.target
    from eligible
    inner join targets
        on eligible.class_number = targets.class_number
    where eligible.capacity > 0

),

{{ allocate_proportionally('past_bookers', partition='class_number', number='user_number') }},

made as (

    select * from allotted where allotment > 0

),

{{ running_totals('lined', 'made', {'next_booking': 'allotment'}, order_by=['class_number', 'user_number'], cut='user_number') }},

lined_up as (

    select
        user_number,
        class_number,
        allotment as booking_count,
        0::bigint as recent_count,
        months_back,
        (next_booking - allotment)::bigint as first_past
    from lined

),

class_starts as (

    select class_number, min(first_past) as class_start
    from lined_up
    group by class_number

),

upcoming_total as (

    select coalesce(sum(booking_count), 0)::bigint as upcoming_bookings from upcoming

)

select {{ broadcast_hint('class_starts') }}
    lined_up.user_number,
    lined_up.class_number,
    lined_up.booking_count,
    lined_up.recent_count,
    upcoming_total.upcoming_bookings + lined_up.first_past as first_booking,
    upcoming_total.upcoming_bookings as first_recent,
    lined_up.first_past - class_starts.class_start as first_slot,
    lined_up.months_back
from lined_up
inner join class_starts
    on lined_up.class_number = class_starts.class_number
cross join upcoming_total
-- said outright, engines need not plan what nothing would come of
{{ 'where false' if not has_past_season() }}
