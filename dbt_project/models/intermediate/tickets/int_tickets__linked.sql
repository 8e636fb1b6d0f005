{#- The shortest times from an account and from a booking to a ticket, and from the last ticket to as_of. -#}
{%- set after_account, after_booking, before_as_of = hours(1), minutes(30), minutes(10) -%}
{%- set short_need_days = 4 -%}
-- Who writes each ticket, about which event and booking, and when: the tickets of a premise take its candidates in turn, each another one. A text that says what
-- kind of event it means, and whose turn falls on another, takes a candidate of that kind that no ticket has; where there is none, it speaks of an
-- event instead. A ticket is written after the account was opened, and after the booking was made, or cancelled, or the account blocked, where the need
-- speaks of that, within the need's latest days (requirements: tickets-of-the-last-30-days). The longer a ticket's status takes, the older it is, with some chance.
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

tickets as (

    select
        *,
        row_number() over (partition by need, effect order by ticket_number) - 1 as candidate_rank
    from stated

),

turns as (

    select
        tickets.*,
        -- a member's ticket is about no event, so that its kind is nobody's
        candidates.event_category is not null and coalesce(not list_contains(tickets.kinds, candidates.event_category), false) as is_of_another_kind
    from tickets
    inner join candidates
        on tickets.need = candidates.need
        and tickets.effect is not distinct from candidates.effect
        and tickets.candidate_rank = candidates.candidate_rank

),

-- only candidates that no ticket has, of premises of which some text says what kind it means
spare as (

    select
        candidates.need,
        candidates.effect,
        candidates.candidate_rank,
        candidates.event_category,
        row_number() over (partition by candidates.premise, candidates.event_category order by candidates.candidate_rank) - 1 as spare_rank
    from candidates
    inner join (select need, effect, max(candidate_rank) as taken_rank from turns group by need, effect having bool_or(is_of_another_kind)) as taken
        on candidates.need = taken.need
        and candidates.effect is not distinct from taken.effect
        and candidates.candidate_rank > taken.taken_rank

),

misfits as (

    select
        turns.ticket_number,
        turns.need,
        turns.effect,
        list_filter(turns.kinds, lambda kind: list_contains(offered.categories, kind)) as fitting,
        row_number() over (partition by turns.need, turns.effect order by turns.ticket_number) - 1 as misfit_rank
    from turns
    inner join (select need, effect, list(distinct event_category order by event_category) as categories from spare group by need, effect) as offered
        on turns.need = offered.need
        and turns.effect is not distinct from offered.effect
    where turns.is_of_another_kind

),

wanting as (

    select
        ticket_number,
        need,
        effect,
        fitting[misfit_rank % len(fitting) + 1] as kind,
        row_number() over (partition by need, effect, fitting[misfit_rank % len(fitting) + 1] order by ticket_number) - 1 as kind_rank
    from misfits
    where len(fitting) > 0

),

exchanged as (

    select
        wanting.ticket_number,
        spare.candidate_rank
    from wanting
    inner join spare
        on wanting.need = spare.need
        and wanting.effect is not distinct from spare.effect
        and wanting.kind = spare.event_category
        and wanting.kind_rank = spare.spare_rank

),

settled as (

    select
        turns.* exclude (candidate_rank, is_of_another_kind),
        turns.is_of_another_kind and exchanged.candidate_rank is null as speaks_of_an_event,
        coalesce(exchanged.candidate_rank, turns.candidate_rank) as candidate_rank
    from turns
    left join exchanged
        on turns.ticket_number = exchanged.ticket_number

),

matched as (

    select
        settled.* exclude (candidate_rank, kinds, speaks_of_an_event)
        replace (
            {%- for text in ['subject', 'description', 'question', 'follow_up', 'pushback', 'thanks'] %}
            case when settled.speaks_of_an_event then {{ without_event_nouns('settled.' ~ text) }} else settled.{{ text }} end as {{ text }}{{ ',' if not loop.last }}
            {%- endfor %}
        ),
        needs.links_to,
        needs.max_ticket_age_days,
        coalesce({{ days('needs.min_cancelled_days') }}, {{ after_booking }}) as settled_seconds,
        candidates.user_number,
        candidates.event_number,
        candidates.booking_number,
        candidates.settled_at
    from settled
    inner join needs
        on settled.need = needs.need
    inner join candidates
        on settled.need = candidates.need
        and settled.effect is not distinct from candidates.effect
        and settled.candidate_rank = candidates.candidate_rank

),

-- of a hundred parts of the window, open tickets stand nearer to its end on the whole, and resolved ones further from it
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
            {{ seconds_after('parameters.as_of_at', days('-aged.max_ticket_age_days')) }},
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
        * exclude (age_part, earliest_at, moment_draw, second_of_day, drawn_at, wakened_at, max_ticket_age_days, settled_seconds, settled_at, as_of_at, latest_at, window_seconds, drawn_seconds),
        case
            when wakened_at >= earliest_at and wakened_at < latest_at then wakened_at
            else drawn_at
        end as created_at
    from wakened

)

select * from linked
