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

-- of the groups that hold the level the first has the fewest full before it, and the most weight from it on
levels as (

    select
        limits.percent,
        limits.pool,
        {{ int_div('(any_value(limits.asked_rows) - min(filled.full_capacity)) * ' ~ one_portion(), 'max(filled.open_weight)') }}::bigint as level
    from limits
    inner join filled_groups as filled
        on limits.pool = filled.pool and filled.open_weight * filled.capacity >= (limits.asked_rows - filled.full_capacity) * filled.weight
    where limits.asked_rows <= limits.possible_rows
    group by limits.percent, limits.pool

),

class_rows as (

    select
        levels.percent,
        groups.class_number,
        {{ int_div('sum(' ~ wide_integer('groups.group_size') ~ ' * ' ~ portion_at_level('groups.capacity', 'groups.weight', 'levels.level', heaviest_weight('levels.level')) ~ ')', one_portion()) }}::bigint as class_rows
    from levels
    inner join groups
        on levels.pool = groups.pool
    where levels.pool != 'blocked'
    group by levels.percent, groups.class_number

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
