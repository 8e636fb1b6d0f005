{#- The shortest times from an account and from a booking to a ticket, and from the last ticket to as_of. -#}
{%- set after_account, after_booking, before_as_of = hours(1), minutes(30), minutes(10) -%}
{%- set short_need_days = 4 -%}
-- Who writes each ticket, about which event and booking, and when: the tickets of a premise take its candidates in turn, each another one. A text that says what
-- kind of event it means takes a candidate of that kind; where there is none left, it is to speak of an event instead. A ticket is written after the account was
-- opened, and after the booking was made, or cancelled, or the account blocked, where the need speaks of that, within the need's latest days
-- (requirements: tickets-of-the-last-30-days). The longer a ticket's status takes, the older it is, with some chance.
with

candidates as (

    select * from {{ ref('int_ticket_candidates') }}

),

stated as (

    select * from {{ ref('int_tickets__stated') }}

),

needs as (

    select * from {{ ref('scenario_needs') }}

),

dated as (

    select * from {{ ref('int_users__dated') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

-- only premises of which some text says what kind it means
offered as (

    select need, effect, {{ array_collect_distinct('event_category') }} as categories
    from candidates
    where event_category is not null
    group by need, effect

),

wanting as (

    select
        stated.ticket_number,
        stated.need,
        stated.effect,
        {{ array_filter('stated.kinds', 'kind', 'array_contains(offered.categories, kind)') }} as fitting
    from stated
    inner join offered
        on stated.need = offered.need
        and stated.effect is not distinct from offered.effect
    where {{ array_size('stated.kinds') }} > 0

),

choosing as (

    select
        *,
        {{ array_get('fitting', 'ticket_number % ' ~ array_size('fitting') ~ ' + 1') }} as kind
    from wanting
    where {{ array_size('fitting') }} > 0

),

demand as (

    select
        *,
        row_number() over (partition by need, effect, kind order by ticket_number) as kind_rank
    from choosing

),

supply as (

    select
        *,
        row_number() over (partition by need, effect, event_category order by candidate_rank) as kind_rank
    from candidates

),

served as (

    select
        demand.ticket_number,
        supply.need,
        supply.effect,
        supply.candidate_rank,
        supply.user_number,
        supply.event_number,
        supply.booking_number,
        supply.settled_at,
        supply.event_category
    from demand
    inner join supply
        on demand.need = supply.need
        and demand.effect is not distinct from supply.effect
        and demand.kind = supply.event_category
        and demand.kind_rank = supply.kind_rank

),

other_tickets as (

    select
        stated.ticket_number,
        stated.need,
        stated.effect,
        row_number() over (partition by stated.need, stated.effect order by stated.ticket_number) as turn
    from stated
    left join served
        on stated.ticket_number = served.ticket_number
    where served.ticket_number is null

),

other_candidates as (

    select
        candidates.*,
        row_number() over (partition by candidates.need, candidates.effect order by candidates.candidate_rank) as turn
    from candidates
    left join served
        on candidates.need = served.need
        and candidates.effect is not distinct from served.effect
        and candidates.candidate_rank = served.candidate_rank
    where served.candidate_rank is null

),

-- With what is read of a candidate: joined to all candidates again, by their need, tickets were met with every candidate of it first.
dealt as (

    select
        ticket_number,
        user_number,
        event_number,
        booking_number,
        settled_at,
        event_category
    from served
    union all
    select
        other_tickets.ticket_number,
        other_candidates.user_number,
        other_candidates.event_number,
        other_candidates.booking_number,
        other_candidates.settled_at,
        other_candidates.event_category
    from other_tickets
    inner join other_candidates
        on other_tickets.need = other_candidates.need
        and other_tickets.effect is not distinct from other_candidates.effect
        and other_tickets.turn = other_candidates.turn

),

settled as (

    select
        stated.*,
        dealt.user_number,
        dealt.event_number,
        dealt.booking_number,
        dealt.settled_at,
        -- a member's ticket is about no event, so that its kind is nobody's
        dealt.event_category is not null and coalesce(not array_contains(stated.kinds, dealt.event_category), false) as speaks_of_an_event
    from stated
    inner join dealt
        on stated.ticket_number = dealt.ticket_number

),

matched as (

    select
        {{ columns_except(['kinds'], of='settled') }},
        needs.links_to,
        needs.max_ticket_age_days,
        -- the nearer its event is now, the longer ago a ticket can have been about one so near
        needs.max_ticket_age_days + coalesce(needs.max_days_ahead - scheduled.day_number, 0) as longest_age_days,
        coalesce({{ days('needs.min_cancelled_days') }}, {{ after_booking }}) as settled_seconds
    from settled
    inner join needs
        on settled.need = needs.need
    left join scheduled
        on settled.event_number = scheduled.event_number

),

-- the part of its window that lies after a ticket: open ones stand nearer to its end on the whole, and resolved ones further from it
aged as (

    select
        *,
        (
            row_number() over (
                partition by is_escalated
                order by
                    {{ draw_below('ticket patience', 'ticket_number', 100) }}
                    + case status when 'in_progress' then 20 when 'resolved' then 35 else 0 end,
                    ticket_number
            ) - {{ draw_unit('ticket moment', 'ticket_number') }}
        ) / count(*) over (partition by is_escalated) as age_part
    from matched

),

windows as (

    select
        aged.*,
        parameters.as_of_at,
        greatest(
            {{ seconds_after('parameters.as_of_at', days('-aged.longest_age_days')) }},
            {{ seconds_after('dated.created_at', after_account) }},
            coalesce({{ seconds_after('aged.settled_at', 'aged.settled_seconds') }}, dated.created_at)
        ) as earliest_at,
        -- a need of a few days takes tickets of all its hours; of the others few are so new that nobody can have read them
        1 - case
            when aged.max_ticket_age_days <= {{ short_need_days }} then {{ draw_unit('ticket age', 'aged.ticket_number') }}
            else sqrt(aged.age_part) * sqrt(sqrt(aged.age_part))
        end as moment_draw,
        {{ draw_daytime_second('ticket hour', 'aged.ticket_number') }} as second_of_day
    from aged
    inner join dated
        on aged.user_number = dated.user_number
    cross join parameters

),

measured as (

    select
        *,
        {{ seconds_after('as_of_at', '-' ~ before_as_of) }} as latest_at,
        {{ seconds_between('earliest_at', 'as_of_at') }} - {{ before_as_of }} as window_seconds
    from windows

),

placed as (

    select
        *,
        floor(moment_draw * window_seconds) as drawn_seconds
    from measured

),

drawn as (

    select
        *,
        {{ seconds_after('earliest_at', 'drawn_seconds') }} as drawn_at
    from placed

),

wakened as (

    select
        *,
        {{ seconds_after('drawn_at::date', 'second_of_day') }} as wakened_at
    from drawn

),

linked as (

    select
        {{ columns_except(['age_part', 'earliest_at', 'moment_draw', 'second_of_day', 'drawn_at', 'wakened_at', 'max_ticket_age_days', 'longest_age_days', 'settled_seconds', 'settled_at', 'as_of_at', 'latest_at', 'window_seconds', 'drawn_seconds']) }},
        case
            when wakened_at >= earliest_at and wakened_at < latest_at then wakened_at
            else drawn_at
        end as created_at
    from wakened

)

select * from linked
