-- depends_on: {{ ref('feasibility') }}
-- How many bookings each user makes, exact per pool. A class's bookings form one line, user after user: `first_slot` is where a user's begin,
-- `first_booking` the same over all classes.
-- Two more lines serve the statuses: the two latest bookings of each active user, of which the pending ones are taken, and all others that are not blocked.
with

pools as (

    select value as pool, row_count as target from {{ ref('share_targets') }} where attribute = 'reservation_pool'

),

bookers as (

    select users.*, pools.target
    from {{ ref('int_booking_users') }} as users
    inner join pools
        on users.pool = pools.pool

),

{{ shared_out('bookers', partition='pool', number='user_number') }},

counted as (

    select
        * exclude (target, capacity, weight, allotment),
        allotment as booking_count,
        case pool when 'active' then least(allotment, 2) else 0 end as recent_count,
        case pool when 'active' then greatest(allotment - 2, 0) when 'inactive' then allotment else 0 end as other_count
    from allotted
    where allotment > 0

)

select
    *,
    (sum(booking_count) over (partition by class_number order by user_number) - booking_count)::bigint as first_slot,
    (sum(booking_count) over (order by class_number, user_number) - booking_count)::bigint as first_booking,
    (sum(recent_count) over (order by user_number) - recent_count)::bigint as first_recent,
    (sum(other_count) over (order by user_number) - other_count)::bigint as first_other,
    (sum(booking_count) over (order by {{ draw('payment order', 'user_number') }}, user_number) - booking_count)::bigint as first_payment
from counted
