-- Bookings that the classes of users who are not blocked would make, at every per cent of the request, against the room for them: basic users' seats, and
-- all seats.
with

groups as (

    select * from {{ ref('int_booking_groups') }}

),

limits as (

    select * from {{ ref('int_booking_limits__pools') }}

),

rooms as (

    select * from {{ ref('int_booking_rooms') }}
    where not {{ is_past_class('class_number') }}

),

trials as (

    select distinct percent, reservations from limits

),

{{ fill_breakpoints('groups', 'pool') }},

-- what the pool has given at the level at which the group is full: the group holds the level of all that is asked up to there
reaches as (

    select
        *,
        full_capacity + {{ int_div('open_weight * capacity', 'weight') }} as reach
    from filled_groups

),

reached as (

    select
        *,
        coalesce(max(reach) over (
            partition by pool order by {{ fill_order() }} rows between unbounded preceding and 1 preceding
        ), -1) as reach_before
    from reaches

),

-- Of the groups that hold the level the first has the fewest full before it, and the most weight from it on: the first that reaches so far. To aggregate all that
-- hold it, for every per cent, took half of the model's time.
levels as (

    select
        limits.percent,
        limits.pool,
        {{ int_div('(limits.asked_rows - reached.full_capacity) * ' ~ one_portion(), 'reached.open_weight') }}::bigint as level
    from limits
    inner join reached
        on limits.pool = reached.pool and limits.asked_rows > reached.reach_before and limits.asked_rows <= reached.reach
    where limits.asked_rows <= limits.possible_rows

),

weighed as (

    select
        *,
        {{ heaviest_weight('level') }} as heaviest
    from levels

),

class_rows as (

    select
        weighed.percent,
        groups.class_number,
        {{ int_div('sum(' ~ wide_integer('groups.group_size') ~ ' * ' ~ portion_at_level('groups.capacity', 'groups.weight', 'weighed.level', 'weighed.heaviest') ~ ')', one_portion()) }}::bigint as class_rows
    from weighed
    inner join groups
        on weighed.pool = groups.pool
    where weighed.pool != 'blocked'
    group by weighed.percent, groups.class_number

),

expected as (

    select
        trials.percent,
        trials.reservations,
        rooms.*,
        coalesce(class_rows.class_rows, 0) as class_rows
    from trials
    cross join rooms
    left join class_rows
        on trials.percent = class_rows.percent and rooms.class_number = class_rows.class_number

),

class_limits as (

    select
        percent,
        reservations,
        case when {{ is_open_class('class_number', false) }} then 'bookings of basic users' else 'seats' end as what,
        sum(class_rows) over (partition by percent order by class_number)::bigint as asked_rows,
        possible_rows,
        {{ fits_with_margin('class_rows', 'room') }} as is_safe
    from expected

)

select * from class_limits
