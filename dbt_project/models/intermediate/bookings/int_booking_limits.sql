-- Bookings asked against bookings possible, before any is made. Stops the build with both numbers and the nearest request that can be met: every per
-- cent of what is asked is tried, so that the one named can be met in all limits at once. It names users, venues and events too: fewer reservations alone
-- would bring fewer events, where these are not given, and so less room.
with

trials as (

    select
        numbers.number as percent,
        {{ int_div('parameters.reservations * numbers.number', 100) }} as reservations
    from {{ ref('int_parameters') }} as parameters
    inner join {{ ref('int_numbers') }} as numbers
        on numbers.number <= 100

),

pools as (

    select value as pool, share from {{ ref('int_share_targets') }} where attribute = 'reservation_pool'

),

groups as (

    select pool, class_number, capacity, weight, count(*) as group_size
    from {{ ref('int_booking_users') }}
    group by all

),

{{ fill_breakpoints('groups', 'pool') }},

pool_limits as (

    select
        trials.*,
        pools.pool,
        {{ int_div('trials.reservations * pools.share + 99', 100) }} as asked_rows,
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

-- what the classes of users who are not blocked would book: 0 basic, 1 premium
class_rows as (

    select
        levels.percent,
        groups.class_number,
        (sum(groups.group_size * least(groups.capacity << 34, levels.level * groups.weight)) // 17179869184)::bigint as class_rows
    from levels
    inner join groups
        on levels.pool = groups.pool
    where levels.pool != 'blocked'
    group by levels.percent, groups.class_number

),

-- the least that an event has for a class, which for premium users is what basic users cannot take
events as (

    select
        classes.class_number,
        classes.bands,
        events.event_number,
        case classes.class_number when 0 then {{ basic_seats('events.seats') }} else events.seats end as possible_rows,
        case
            when classes.class_number = 0 then {{ basic_seats('events.seats') }}
            when events.is_premium then events.seats
            else events.seats - {{ basic_seats('events.seats') }}
        end as capacity
    from {{ ref('int_booking_events') }} as events
    inner join {{ ref('int_booking_classes') }} as classes
        on classes.class_number < 2 and (classes.is_premium_class or not events.is_premium)

),

{{ assign_bands('events') }},

-- all bands of a class take as many bookings, so the one with the least room counts
rooms as (

    select
        class_number,
        sum(possible_rows)::bigint as possible_rows,
        min(capacity) * any_value(bands) as room
    from (
        select class_number, bands, sum(possible_rows) as possible_rows, sum(capacity)::bigint as capacity
        from banded
        group by class_number, bands, band
    ) as bands
    group by class_number

),

class_limits as (

    select
        trials.percent,
        trials.reservations,
        case rooms.class_number when 0 then 'bookings of basic users' else 'seats' end as what,
        sum(coalesce(class_rows.class_rows, 0)) over (partition by trials.percent order by rooms.class_number)::bigint as asked_rows,
        rooms.possible_rows,
        {{ fits_with_margin('coalesce(class_rows.class_rows, 0)', 'rooms.room') }} as is_safe
    from trials
    cross join rooms
    left join class_rows
        on trials.percent = class_rows.percent and rooms.class_number = class_rows.class_number

),

statuses as (

    select
        sum(share) filter (where attribute = 'reservation_pool' and value = 'blocked') as blocked_share,
        sum(share) filter (where attribute = 'reservation_status' and value = 'cancelled') as cancelled_share
    from {{ ref('int_share_targets') }}

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

    select percent, reservations, what, asked_rows, possible_rows, is_safe from class_limits

    union all

    select
        trials.percent,
        trials.reservations,
        'cancelled bookings',
        {{ int_div('trials.reservations * statuses.blocked_share + 99', 100) }}::bigint,
        {{ int_div('trials.reservations * statuses.cancelled_share + 99', 100) }}::bigint,
        statuses.blocked_share <= statuses.cancelled_share
    from trials
    cross join statuses

),

nearest as (

    select coalesce(max(reservations), 0) as reservations
    from (select reservations, bool_and(is_safe) as is_safe from limits group by reservations) as safe
    where is_safe

),

advised as (

    select
        limits.*,
        'Ask for at most ' || nearest.reservations || ' reservations, as {users: ' || parameters.users || ', venues: ' || parameters.venues || ', events: ' || parameters.events || ', reservations: ' || nearest.reservations || '}, or for more users and events' as advice
    from limits
    cross join nearest
    cross join {{ ref('int_parameters') }} as parameters
    where limits.percent = 100

)

select
    what,
    case
        when asked_rows > possible_rows then {{ raise_error("reservations || ' reservations asked, which takes ' || asked_rows || ' ' || what || '; there are ' || possible_rows || '. ' || advice") }}::bigint
        else asked_rows
    end as asked_rows,
    possible_rows,
    advice
from advised
