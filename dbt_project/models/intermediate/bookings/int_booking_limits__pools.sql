-- Bookings asked of each pool against bookings possible, for every per cent of the request, so that the nearest one that can be met is known.
with

parameters as (

    select * from {{ ref('int_parameters') }}

),

numbers as (

    select * from {{ ref('int_numbers') }}

),

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

groups as (

    select * from {{ ref('int_booking_groups') }}

),

trials as (

    select
        numbers.number as percent,
        {{ int_div('parameters.reservations * numbers.number', 100) }} as reservations
    from parameters
    inner join numbers
        on numbers.number <= 100

),

pools as (

    select value as pool, share from share_targets where attribute = 'reservation_pool'

),

possible as (

    select pool, sum(capacity * group_size)::bigint as possible_rows
    from groups
    group by pool

),

limits as (

    select
        trials.percent,
        trials.reservations,
        pools.pool,
        {{ int_div_up('trials.reservations * pools.share', 100) }} as asked_rows,
        coalesce(possible.possible_rows, 0) as possible_rows
    from trials
    cross join pools
    left join possible
        on pools.pool = possible.pool

)

select * from limits
