-- What a ticket may speak of, per premise: a member, a member with an event, or a member with a booking, in a drawn order that differs
-- per premise. A ticket comes after its booking, so tickets about young bookings pile up on the last days: a booking stands aside, to be taken when no other
-- is left, the more likely the fewer of the last 30 days (requirements: tickets-of-the-last-30-days) it has seen. A premise has a member once, and a member
-- stands in for a few premises alone, drawn with more weight for those that are short of candidates: so nobody writes more tickets than that.
with

users as (

    select * from {{ ref('int_ticket_candidates__users') }}

),

bookings as (

    select * from {{ ref('int_ticket_candidates__bookings') }}

),

premises as (

    select * from {{ ref('int_ticket_premises') }}

),

texts as (

    select * from {{ ref('stg_tickets') }}

),

scenarios as (

    select * from {{ ref('support_scenarios') }}

),

actions as (

    select * from {{ ref('support_actions') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

events as (

    select * from {{ ref('int_events__placed') }}

),

candidates as (

    select * from users
    union all
    select * from bookings

),

keyed as (

    select
        candidates.*,
        events.category as event_category,
        {{ need_key('candidates.user_number', 'candidates.premise_number') }} as user_key,
        {{ need_key('coalesce(candidates.booking_number, 0)', 'candidates.premise_number') }} as booking_key,
        coalesce({{ seconds_between('candidates.settled_at', 'parameters.as_of_at') }}, {{ days(ticket_window_days()) }}) as age_seconds
    from candidates
    cross join parameters
    left join events
        on candidates.event_number = events.event_number

),

aged as (

    select
        *,
        age_seconds <= {{ draw_below('ticket booking age', 'booking_key', days(ticket_window_days())) }} as stands_aside
    from keyed

),

rivals as (

    select
        *,
        row_number() over (
            partition by premise, user_number
            order by stands_aside, {{ draw('ticket booking order', 'booking_key') }}, booking_number
        ) as member_rank
    from aged

),

-- one candidate a member and premise
members as (

    select *
    from rivals
    where member_rank = 1

),

told as (

    select scenarios.need, actions.effect
    from texts
    inner join scenarios
        on texts.scenario = scenarios.scenario
    inner join actions
        on scenarios.action = actions.action

),

wanted as (

    select premises.premise, count(*) as text_count
    from told
    inner join premises
        on told.need = premises.need
        and (premises.effect is null or told.effect = premises.effect)
    group by premises.premise

),

supplied as (

    select premise, count(*) as member_count
    from members
    group by premise

),

weighed as (

    select
        premises.premise,
        premises.need,
        premises.effect,
        greatest(1, {{ int_div('100 * supplied.member_count', 'greatest(coalesce(wanted.text_count, 0), 1)') }}) as plenty
    from premises
    inner join supplied
        on premises.premise = supplied.premise
    left join wanted
        on premises.premise = wanted.premise

),

preferred as (

    select
        members.*,
        weighed.need,
        weighed.effect,
        row_number() over (
            partition by members.user_number
            order by {{ draw('premise of a member', 'members.user_key') }} * weighed.plenty, members.premise
        ) as premise_rank
    from members
    inner join weighed
        on members.premise = weighed.premise

),

few as (

    select *
    from preferred
    where premise_rank <= {{ most_tickets_per_member() }}

),

ordered as (

    select
        premise,
        need,
        effect,
        user_number,
        booking_number,
        event_number,
        event_category,
        settled_at,
        row_number() over (
            partition by premise
            order by
                stands_aside,
                {{ draw('ticket candidate order', 'user_key') }},
                user_number
        ) - 1 as candidate_rank
    from few

)

select * from ordered
