-- Bookings asked against bookings possible, before any is made. Stops the build with both numbers and the nearest request that can be met: every per
-- cent of what is asked is tried, so that the one named can be met in all limits at once. It names users, venues and events too: fewer reservations alone
-- would bring fewer events, where these are not given, and so less room.
with

pools as (

    select * from {{ ref('int_booking_limits__pools') }}

),

classes as (

    select * from {{ ref('int_booking_limits__classes') }}

),

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

statuses as (

    select
        sum(share) filter (where attribute = 'reservation_pool' and value = 'blocked') as blocked_share,
        sum(share) filter (where attribute = 'reservation_status' and value = 'cancelled') as cancelled_share
    from share_targets

),

trials as (

    select distinct percent, reservations from pools

),

limits as (

    select
        percent,
        reservations,
        'bookings of ' || pool || ' users' as what,
        asked_rows,
        possible_rows,
        asked_rows <= possible_rows as is_safe
    from pools

    union all

    select percent, reservations, what, asked_rows, possible_rows, is_safe from classes

    union all

    select
        trials.percent,
        trials.reservations,
        'cancelled bookings',
        {{ int_div_up('trials.reservations * statuses.blocked_share', 100) }}::bigint,
        {{ int_div_up('trials.reservations * statuses.cancelled_share', 100) }}::bigint,
        statuses.blocked_share <= statuses.cancelled_share
    from trials
    cross join statuses

),

judged as (

    select reservations, bool_and(is_safe) as is_safe
    from limits
    group by reservations

),

nearest as (

    select coalesce(max(reservations), 0) as reservations
    from judged
    where is_safe

),

advised as (

    select
        limits.*,
        'Ask for at most ' || nearest.reservations || ' reservations, as {users: ' || parameters.users || ', venues: ' || parameters.venues || ', events: ' || parameters.events || ', reservations: ' || nearest.reservations || '}, or for more users and events' as advice
    from limits
    cross join nearest
    cross join parameters
    where limits.percent = 100

),

worded as (

    select
        *,
        'Cannot place ' || reservations || ' reservations: they take ' || asked_rows || ' ' || what || ', and there is room for ' || possible_rows || '. ' || advice as problem
    from advised

),

checked as (

    select
        what,
        case when asked_rows > possible_rows then {{ raise_error('problem') }}::bigint else asked_rows end as asked_rows,
        possible_rows,
        advice
    from worded

)

select * from checked
