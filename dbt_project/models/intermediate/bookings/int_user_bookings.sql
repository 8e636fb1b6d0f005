-- depends_on: {{ ref('feasibility') }}
-- How many bookings each user makes, exact per pool. All bookings form one line, class after class and user after user: `first_booking` is where a
-- user's begin, `first_slot` the same within the class.
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

),

lined_up as (

    select
        *,
        (sum(booking_count) over line - booking_count)::bigint as first_booking,
        (sum(recent_count) over line - recent_count)::bigint as first_recent,
        (sum(other_count) over line - other_count)::bigint as first_other
    from counted
    window line as (order by class_number, user_number)

),

classes as (

    select class_number, min(first_booking) as class_start
    from lined_up
    group by class_number

)

select
    lined_up.*,
    lined_up.first_booking - classes.class_start as first_slot,
    identified.email as user_email
from lined_up
inner join classes
    on lined_up.class_number = classes.class_number
inner join {{ ref('int_users__identified') }} as identified
    on lined_up.user_number = identified.user_number
order by lined_up.class_number, lined_up.user_number
