-- Members that a ticket without a booking may come from, per need, with an event where the need asks for one: the events of a need go round its members.
-- Of a large club only a drawn part stands as candidates, twenty for each ticket. A drawn part of those whose membership ended, and of the premium members
-- without bookings, is kept for what support did: it ended their membership, or raised it, and no other ticket presumes how it was.
with

premises as (

    select * from {{ ref('int_ticket_premises') }}

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

dated as (

    select * from {{ ref('int_users__dated') }}

),

bookings as (

    select user_number, true as is_upcoming from {{ ref('int_user_bookings') }}
    union all
    select distinct past.user_number, false as is_upcoming
    from {{ ref('int_user_bookings__past') }} as past
    anti join {{ ref('int_user_bookings') }} as upcoming
        on past.user_number = upcoming.user_number

),

offered as (

    select * from {{ ref('int_events__offered') }} where not is_past

),

needs as (

    select
        premises.*,
        {{ seconds_after('parameters.as_of_at', days('-premises.max_blocked_days')) }} as blocked_after
    from premises
    cross join parameters
    where premises.links_to != 'reservation'

),

members as (

    select
        subscribed.user_number,
        subscribed.tier,
        case when subscribed.status = 'active' then 'active' else 'ended' end as subscription_state,
        subscribed.status as subscription_status,
        subscribed.is_blocked,
        blocked.blocked_at,
        dated.ended_at,
        bookings.user_number is not null as has_bookings,
        coalesce(bookings.is_upcoming, false) as has_upcoming,
        {{ is_kept_member('subscribed') }} as is_kept
    from subscribed
    inner join dated
        on subscribed.user_number = dated.user_number
    cross join parameters
    left join blocked
        on subscribed.user_number = blocked.user_number
    left join bookings
        on subscribed.user_number = bookings.user_number
    where {{ draw_below('member candidate', 'subscribed.user_number', 'parameters.users') }} < {{ candidates_per_ticket() }} * parameters.tickets

),

events as (

    select
        needs.premise,
        offered.event_number,
        row_number() over (
            partition by needs.premise
            order by {{ draw('event of ticket', need_key('offered.event_number', 'needs.premise_number')) }}, offered.event_number
        ) - 1 as event_rank
    from needs
    inner join offered
        on needs.event_status = offered.status
        and (needs.is_premium_event is null or needs.is_premium_event = offered.is_premium)

),

event_counts as (

    select premise, count(*) as event_count
    from events
    group by premise

),

eligible as (

    select
        needs.premise,
        needs.premise_number,
        needs.links_to,
        members.user_number,
        coalesce(members.blocked_at, case when needs.effect is not null then members.ended_at end) as settled_at,
        members.user_number % event_counts.event_count as event_rank,
        needs.effect
    from needs
    inner join members
        on needs.is_blocked = members.is_blocked
        and (needs.user_tier is null or needs.user_tier = members.tier)
        and (needs.subscription_state is null or needs.subscription_state = members.subscription_state)
        and (needs.subscription_status is null or needs.subscription_status = members.subscription_status)
        and (not needs.requires_bookings or members.has_upcoming)
        and not (needs.forbids_bookings and members.has_bookings)
        and case
            when needs.effect is not null then members.is_kept
            when needs.subscription_state = 'ended' then not members.is_kept
            -- a member who was moved to premium was basic before, whatever the ticket
            else not (members.is_kept and members.subscription_state = 'active' and members.tier = 'premium' and not members.has_bookings)
        end
        and (needs.max_blocked_days is null or members.blocked_at > needs.blocked_after)
    left join event_counts
        on needs.premise = event_counts.premise

),

-- only the few that are kept are ordered
ranked as (

    select
        *,
        row_number() over (
            partition by user_number
            order by {{ draw('premise of a kept member', need_key('user_number', 'premise_number')) }}, premise_number
        ) as premise_rank
    from eligible
    where effect is not null

),

chosen as (

    select
        premise,
        premise_number,
        links_to,
        user_number,
        settled_at,
        event_rank
    from eligible
    where effect is null

    union all

    select
        premise,
        premise_number,
        links_to,
        user_number,
        settled_at,
        event_rank
    from ranked
    where premise_rank = 1

),

candidates as (

    select
        chosen.premise,
        chosen.premise_number,
        chosen.user_number,
        null::bigint as booking_number,
        events.event_number,
        chosen.settled_at
    from chosen
    left join events
        on chosen.premise = events.premise and chosen.event_rank = events.event_rank
    where
        chosen.links_to = 'user'
        or events.event_number is not null

)

select * from candidates
