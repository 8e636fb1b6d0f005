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

-- what is in none of these columns is joined at the end, so that hundreds of thousands of candidates are ordered as numbers alone
candidates as (

    select
        premise_number,
        user_number,
        booking_number,
        event_number,
        settled_at
    from users
    union all
    select
        premise_number,
        user_number,
        booking_number,
        event_number,
        settled_at
    from bookings

),

keyed as (

    select
        candidates.*,
        {{ need_key('candidates.user_number', 'candidates.premise_number') }} as user_key,
        {{ need_key('coalesce(candidates.booking_number, 0)', 'candidates.premise_number') }} as booking_key,
        coalesce({{ seconds_between('candidates.settled_at', 'parameters.as_of_at') }}, {{ days(ticket_window_days()) }}) as age_seconds
    from candidates
    cross join parameters

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
            partition by premise_number, user_number
            order by stands_aside, {{ draw('ticket booking order', 'booking_key') }}, booking_number
        ) as member_rank
    from aged
    where booking_number is not null

),

-- one candidate a member and premise; without a booking there is no other
members as (

    select
        premise_number,
        user_number,
        booking_number,
        event_number,
        settled_at,
        user_key,
        stands_aside
    from aged
    where booking_number is null
    union all
    select
        premise_number,
        user_number,
        booking_number,
        event_number,
        settled_at,
        user_key,
        stands_aside
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

    select premises.premise_number, count(*) as text_count
    from told
    inner join premises
        on told.need = premises.need
        and (premises.effect is null or told.effect = premises.effect)
    group by premises.premise_number

),

supplied as (

    select premise_number, count(*) as member_count
    from members
    group by premise_number

),

weighed as (

    select
        premises.premise_number,
        greatest(1, {{ int_div('100 * supplied.member_count', 'greatest(coalesce(wanted.text_count, 0), 1)') }}) as plenty
    from premises
    inner join supplied
        on premises.premise_number = supplied.premise_number
    left join wanted
        on premises.premise_number = wanted.premise_number

),

preferred as (

    select
        members.*,
        row_number() over (
            partition by members.user_number
            order by {{ draw('premise of a member', 'members.user_key') }} * weighed.plenty, members.premise_number
        ) as premise_rank
    from members
    inner join weighed
        on members.premise_number = weighed.premise_number

),

few as (

    select *
    from preferred
    where premise_rank <= {{ most_tickets_per_member() }}

),

ordered as (

    select
        *,
        row_number() over (
            partition by premise_number
            order by
                stands_aside,
                {{ draw('ticket candidate order', 'user_key') }},
                user_number
        ) - 1 as candidate_rank
    from few

),

named as (

    select
        premises.premise,
        premises.need,
        premises.effect,
        ordered.user_number,
        ordered.booking_number,
        ordered.event_number,
        events.category as event_category,
        ordered.settled_at,
        ordered.candidate_rank
    from ordered
    inner join premises
        on ordered.premise_number = premises.premise_number
    left join events
        on ordered.event_number = events.event_number

)

select * from named
