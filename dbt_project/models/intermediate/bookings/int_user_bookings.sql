-- depends_on: {{ ref('int_booking_limits') }}
-- How many bookings each user makes, exact per pool. All bookings form one line, class after class and user after user: `first_booking` is where a
-- user's begin, `first_slot` the same within the class.
-- Two more lines serve the statuses: the two latest bookings of each active user, of which the pending ones are taken, and all others that are not blocked.
-- Where a user's others begin is what is left of `first_booking` without the latest ones.
-- Pending bookings all lie in the last month, so no more of them than its quota may be on the first line.
with

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

booking_users as (

    select * from {{ ref('int_booking_users') }}

),

pools as (

    select value as pool, row_count as target from share_targets where attribute = 'reservation_pool'

),

booking_groups as (

    select {{ broadcast_hint('pools') }}
        groups.pool,
        pools.target,
        groups.capacity,
        groups.weight,
        sum(groups.group_size)::bigint as group_size
    from {{ ref('int_booking_groups') }} as groups
    inner join pools
        on groups.pool = pools.pool
    group by groups.pool, pools.target, groups.capacity, groups.weight

),

-- narrow, as it is sorted twice
bookers as (

    select
        user_number::integer as user_number,
        class_number::smallint as class_number,
        capacity,
        weight,
        least(monthly_quota, {{ most_pending_per_user() }})::smallint as most_recent,
        pool
    from booking_users

),

{{ allocate_proportionally('bookers', partition='pool', number='user_number', counted='booking_groups') }},

counted as (

    select
        user_number,
        class_number,
        allotment as booking_count,
        case pool when 'active' then least(allotment, most_recent) else 0 end as recent_count
    from allotted
    where allotment > 0

),

-- two totals in one, below 2^32 each (macro most_rows): a running sum takes as long as the sort
packed as (

    select
        user_number,
        class_number,
        {{ shift_left('recent_count', 32) }} | booking_count as counts
    from counted

),

{{ running_totals('lined', 'packed', {'next_counts': 'counts'}, order_by=['class_number', 'user_number'], cut='user_number') }},

preceded as (

    select
        *,
        next_counts::bigint - counts as counts_before
    from lined

),

lined_up as (

    select
        user_number::bigint as user_number,
        class_number::bigint as class_number,
        counts & 4294967295 as booking_count,
        {{ shift_right('counts', 32) }} as recent_count,
        counts_before & 4294967295 as first_booking,
        {{ shift_right('counts_before', 32) }} as first_recent
    from preceded

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
