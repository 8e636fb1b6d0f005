-- Bookings asked against bookings possible, before any is made: what each pool can hold under quota, months and bands, and the seats of the
-- events. Stops the build with both numbers and the nearest request that can be met.
with

pools as (

    select pool, sum(capacity)::bigint as possible_rows
    from {{ ref('int_booking_users') }}
    group by pool

),

seats as (

    select sum(seats)::bigint as possible_rows from {{ ref('int_booking_events') }}

),

limits as (

    select
        'bookings of ' || targets.value || ' users' as what,
        targets.row_count as asked_rows,
        coalesce(pools.possible_rows, 0) as possible_rows,
        targets.total as reservations,
        {{ whole('coalesce(pools.possible_rows, 0) * 100', 'targets.share') }} as feasible_reservations
    from {{ ref('share_targets') }} as targets
    left join pools
        on targets.value = pools.pool
    where targets.attribute = 'reservation_pool'

    union all

    select
        'seats',
        sum(targets.row_count)::bigint,
        any_value(seats.possible_rows),
        any_value(targets.total),
        {{ whole('any_value(seats.possible_rows) * 100', 'sum(targets.share)::bigint') }}
    from {{ ref('share_targets') }} as targets
    cross join seats
    where targets.attribute = 'reservation_pool' and targets.value != 'blocked'

),

nearest as (

    select min(feasible_reservations) as feasible_reservations from limits

)

select
    limits.what,
    case
        when limits.asked_rows > limits.possible_rows then {{ stop(
            "limits.reservations || ' reservations asked, which takes ' || limits.asked_rows || ' ' || limits.what || '; there are ' || limits.possible_rows || '. Ask for at most ' || nearest.feasible_reservations || ' reservations, or for more users and events'"
        ) }}::bigint
        else limits.asked_rows
    end as asked_rows,
    limits.possible_rows
from limits
cross join nearest
