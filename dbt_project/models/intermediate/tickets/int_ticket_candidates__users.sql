-- Members that a ticket without a booking may come from, per need, with an event where the need asks for one: the events of a need go round its members.
-- Of a large club only a drawn part stands as candidates, twenty for each ticket.
with

numbered_needs as (

    select * from {{ ref('int_scenario_needs__numbered') }}

),

subscribed as (

    select * from {{ ref('int_users__subscribed') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

blocked as (

    select * from {{ ref('int_users__blocked') }}

),

bookings as (

    select * from {{ ref('int_user_bookings') }}

),

offered as (

    select * from {{ ref('int_events__offered') }}

),

needs as (

    select
        numbered_needs.*,
        {{ seconds_after('parameters.as_of_at', days('-numbered_needs.max_blocked_days')) }} as blocked_after
    from numbered_needs
    cross join parameters
    where numbered_needs.links_to != 'reservation'

),

members as (

    select
        subscribed.user_number,
        subscribed.tier,
        case when subscribed.status = 'active' then 'active' else 'ended' end as subscription_state,
        subscribed.is_blocked,
        blocked.blocked_at,
        bookings.user_number is not null as has_bookings
    from subscribed
    cross join parameters
    left join blocked
        on subscribed.user_number = blocked.user_number
    left join bookings
        on subscribed.user_number = bookings.user_number
    where {{ draw_below('member candidate', 'subscribed.user_number', 'parameters.users') }} < {{ candidates_per_ticket() }} * parameters.tickets

),

events as (

    select
        needs.need,
        offered.event_number,
        row_number() over (
            partition by needs.need
            order by {{ draw('event of ticket', need_key('offered.event_number', 'needs.need_number')) }}, offered.event_number
        ) - 1 as event_rank
    from needs
    inner join offered
        on needs.event_status = offered.status
        and (needs.is_premium_event is null or needs.is_premium_event = offered.is_premium)

),

event_counts as (

    select need, count(*) as event_count
    from events
    group by need

),

eligible as (

    select
        needs.need,
        needs.need_number,
        needs.links_to,
        members.user_number,
        members.blocked_at,
        members.user_number % event_counts.event_count as event_rank
    from needs
    inner join members
        on needs.is_blocked = members.is_blocked
        and (needs.user_tier is null or needs.user_tier = members.tier)
        and (needs.subscription_state is null or needs.subscription_state = members.subscription_state)
        and (not needs.requires_bookings or members.has_bookings)
        and (needs.max_blocked_days is null or members.blocked_at > needs.blocked_after)
    left join event_counts
        on needs.need = event_counts.need

),

candidates as (

    select
        eligible.need,
        eligible.need_number,
        eligible.user_number,
        null::bigint as booking_number,
        events.event_number,
        eligible.blocked_at as settled_at
    from eligible
    left join events
        on eligible.need = events.need and eligible.event_rank = events.event_rank
    where eligible.links_to = 'user' or events.event_number is not null

)

select * from candidates
