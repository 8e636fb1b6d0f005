-- depends_on: {{ ref('int_booking_limits') }}
-- How many bookings each user makes, exact per pool. All bookings form one line, class after class and user after user: `first_booking` is where a
-- user's begin, `first_slot` the same within the class.
-- Two more lines serve the statuses: the two latest bookings of each active user, of which the pending ones are taken, and all others that are not blocked.
-- Pending bookings all lie in the last month, so no more of them than its quota may be on the first line.
with

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

booking_users as (

    select * from {{ ref('int_booking_users') }}

),

pools as (

    select value as pool, position as pool_number, row_count as target from share_targets where attribute = 'reservation_pool'

),

booking_groups as (

    select {{ broadcast_hint('pools') }}
        pools.pool_number,
        pools.target,
        groups.capacity,
        groups.weight,
        sum(groups.group_size)::bigint as group_size
    from {{ ref('int_booking_groups') }} as groups
    inner join pools
        on groups.pool = pools.pool
    group by pools.pool_number, pools.target, groups.capacity, groups.weight

),

-- narrow, as it is sorted twice
bookers as (

    select {{ broadcast_hint('pools') }}
        users.user_number,
        users.class_number,
        users.capacity,
        users.weight,
        least(users.monthly_quota, {{ most_pending_per_user() }}) as most_recent,
        pools.pool_number,
        pools.target
    from booking_users as users
    inner join pools
        on users.pool = pools.pool

),

{{ allocate_proportionally('bookers', partition='pool_number', number='user_number', counted='booking_groups') }},

counted as (

    select {{ broadcast_hint('pools') }}
        allotted.user_number,
        allotted.class_number,
        allotted.allotment as booking_count,
        case pools.pool when 'active' then least(allotted.allotment, allotted.most_recent) else 0 end as recent_count,
        case pools.pool when 'active' then greatest(allotted.allotment - allotted.most_recent, 0) when 'inactive' then allotted.allotment else 0 end as other_count
    from allotted
    inner join pools
        on allotted.pool_number = pools.pool_number
    where allotted.allotment > 0

),

{{ running_totals(
    'lined', 'counted', {'next_booking': 'booking_count', 'next_recent': 'recent_count', 'next_other': 'other_count'},
    order_by=['class_number', 'user_number'], cut='user_number'
) }},

lined_up as (

    select
        {{ columns_except(['next_booking', 'next_recent', 'next_other']) }},
        (next_booking - booking_count)::bigint as first_booking,
        (next_recent - recent_count)::bigint as first_recent,
        (next_other - other_count)::bigint as first_other
    from lined

),

classes as (

    select class_number, min(first_booking) as class_start
    from lined_up
    group by class_number

),

placed as (

    select {{ broadcast_hint('classes') }}
        lined_up.*,
        lined_up.first_booking - classes.class_start as first_slot
    from lined_up
    inner join classes
        on lined_up.class_number = classes.class_number

)

select * from placed
