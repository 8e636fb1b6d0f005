-- Bookings asked against bookings possible, before any is made. Stops the build with both numbers and the nearest request that can be met: every per
-- cent of what is asked is tried, so that the one named can be met in all limits at once. It names users, venues and events too: fewer reservations alone
-- would bring fewer events, where these are not given, and so less room.
with

trials as (

    select
        numbers.number as percent,
        {{ whole('parameters.reservations * numbers.number', 100) }} as reservations
    from {{ ref('parameters') }} as parameters
    inner join {{ ref('numbers') }} as numbers
        on numbers.number <= 100

),

pools as (

    select value as pool, share from {{ ref('share_targets') }} where attribute = 'reservation_pool'

),

groups as (

    select pool, class_number, capacity, weight, count(*) as group_size
    from {{ ref('int_booking_users') }}
    group by all

),

{{ filled_up('groups', 'pool') }},

pool_limits as (

    select
        trials.*,
        pools.pool,
        {{ whole('trials.reservations * pools.share + 99', 100) }} as asked_rows,
        coalesce((select sum(groups.capacity * groups.group_size) from groups where groups.pool = pools.pool), 0)::bigint as possible_rows
    from trials
    cross join pools

),

levels as (

    select
        limits.percent,
        limits.pool,
        max(((limits.asked_rows - filled.full_capacity) * 17179869184::hugeint // filled.open_weight)::bigint) as level
    from pool_limits as limits
    inner join filled_groups as filled
        on limits.pool = filled.pool and filled.full_capacity + filled.open_weight * filled.capacity // filled.weight >= limits.asked_rows
    where limits.asked_rows <= limits.possible_rows
    group by all

),

-- what the classes of users who are not blocked would book
classes as (

    select
        levels.percent,
        sum(groups.group_size * least(groups.capacity << 34, levels.level * groups.weight)) filter (where groups.class_number = 0) // 17179869184 as basic_rows,
        sum(groups.group_size * least(groups.capacity << 34, levels.level * groups.weight)) // 17179869184 as open_rows
    from levels
    inner join groups
        on levels.pool = groups.pool
    where levels.pool != 'blocked'
    group by levels.percent

),

seats as (

    select
        sum(seats)::bigint as seats,
        sum(greatest(1, {{ whole('seats * ' ~ var('basic_seats_percent'), 100) }})) filter (where not is_premium)::bigint as basic_seats
    from {{ ref('int_booking_events') }}

),

statuses as (

    select
        sum(share) filter (where attribute = 'reservation_pool' and value = 'blocked') as blocked_share,
        sum(share) filter (where attribute = 'reservation_status' and value = 'cancelled') as cancelled_share
    from {{ ref('share_targets') }}

),

limits as (

    select
        percent,
        reservations,
        'bookings of ' || pool || ' users' as what,
        asked_rows,
        possible_rows,
        asked_rows <= possible_rows as is_safe
    from pool_limits

    union all

    select
        trials.percent,
        trials.reservations,
        'bookings of basic users',
        coalesce(classes.basic_rows, 0)::bigint,
        coalesce(seats.basic_seats, 0),
        {{ safely_below('coalesce(classes.basic_rows, 0)', 'coalesce(seats.basic_seats, 0)') }}
    from trials
    cross join seats
    left join classes
        on trials.percent = classes.percent

    union all

    select
        trials.percent,
        trials.reservations,
        'seats',
        coalesce(classes.open_rows, 0)::bigint,
        coalesce(seats.seats, 0),
        {{ safely_below('coalesce(classes.open_rows, 0)', 'coalesce(seats.seats, 0)') }}
    from trials
    cross join seats
    left join classes
        on trials.percent = classes.percent

    union all

    select
        trials.percent,
        trials.reservations,
        'cancelled bookings',
        {{ whole('trials.reservations * statuses.blocked_share + 99', 100) }}::bigint,
        {{ whole('trials.reservations * statuses.cancelled_share + 99', 100) }}::bigint,
        statuses.blocked_share <= statuses.cancelled_share
    from trials
    cross join statuses

),

nearest as (

    select coalesce(max(reservations), 0) as reservations
    from (select reservations, bool_and(is_safe) as is_safe from limits group by reservations) as safe
    where is_safe

)

select
    limits.what,
    case
        when limits.asked_rows > limits.possible_rows then {{ stop(
            "limits.reservations || ' reservations asked, which takes ' || limits.asked_rows || ' ' || limits.what || '; there are ' || limits.possible_rows || '. Ask for at most ' || nearest.reservations || ' reservations, as {users: ' || parameters.users || ', venues: ' || parameters.venues || ', events: ' || parameters.events || ', reservations: ' || nearest.reservations || '}, or for more users and events'"
        ) }}::bigint
        else limits.asked_rows
    end as asked_rows,
    limits.possible_rows
from limits
cross join nearest
cross join {{ ref('parameters') }} as parameters
where limits.percent = 100
