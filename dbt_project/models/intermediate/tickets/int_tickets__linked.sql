{#- The shortest times from an account and from a booking to a ticket, and from the last ticket to as_of. -#}
{%- set after_account, after_booking, before_as_of = hours(1), minutes(30), minutes(10) -%}
-- Who writes each ticket, about which event and booking, and when: the tickets of a need take its candidates in turn. A text that says what kind of event it
-- means, and whose turn falls on another, takes a candidate of that kind instead, first those that no ticket has. A ticket is written
-- after the account was opened, and after the booking was made, or cancelled, or the account blocked, where the need speaks of that, within the need's latest days (requirements: tickets-of-the-last-30-days).
with

candidates as (

    select * from {{ ref('int_ticket_candidates') }}

),

text_chosen as (

    select * from {{ ref('int_tickets__text_chosen') }}

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
        row_number() over (partition by need order by ticket_number) - 1 as need_rank
    from text_chosen

),

counts as (

    select need, count(*) as candidate_count
    from candidates
    group by need

),

dealt as (

    select
        tickets.*,
        tickets.need_rank % counts.candidate_count as candidate_rank
    from tickets
    inner join counts
        on tickets.need = counts.need

),

turns as (

    select
        dealt.*,
        -- a member's ticket is about no event, so that its kind is nobody's
        candidates.event_category is not null and coalesce(not list_contains(dealt.kinds, candidates.event_category), false) as is_of_another_kind
    from dealt
    inner join candidates
        on dealt.need = candidates.need
        and dealt.candidate_rank = candidates.candidate_rank

),

-- only needs of which some text says what kind it means
spare as (

    select
        candidates.need,
        candidates.candidate_rank,
        candidates.event_category,
        row_number() over (
            partition by candidates.need, candidates.event_category
            order by candidates.candidate_rank < taken.taken_candidates, candidates.candidate_rank
        ) - 1 as spare_rank,
        count(*) over (partition by candidates.need, candidates.event_category) as spare_count
    from candidates
    inner join (select need, max(candidate_rank) + 1 as taken_candidates from turns group by need having bool_or(is_of_another_kind)) as taken
        on candidates.need = taken.need

),

misfits as (

    select
        turns.ticket_number,
        turns.need,
        list_filter(turns.kinds, lambda kind: list_contains(offered.categories, kind)) as fitting,
        row_number() over (partition by turns.need order by turns.ticket_number) - 1 as misfit_rank
    from turns
    inner join (select need, list(distinct event_category) as categories from spare group by need) as offered
        on turns.need = offered.need
    where turns.is_of_another_kind

),

wanting as (

    select
        ticket_number,
        need,
        fitting[misfit_rank % len(fitting) + 1] as kind,
        row_number() over (partition by need, fitting[misfit_rank % len(fitting) + 1] order by ticket_number) - 1 as kind_rank
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
        and wanting.kind = spare.event_category
        and wanting.kind_rank % spare.spare_count = spare.spare_rank

),

settled as (

    select
        dealt.* exclude (candidate_rank),
        coalesce(exchanged.candidate_rank, dealt.candidate_rank) as candidate_rank
    from dealt
    left join exchanged
        on dealt.ticket_number = exchanged.ticket_number

),

matched as (

    select
        settled.* exclude (need_rank, candidate_rank, kinds),
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
        and settled.candidate_rank = candidates.candidate_rank

),

windows as (

    select
        matched.*,
        parameters.as_of_at,
        greatest(
            {{ seconds_after('parameters.as_of_at', days('-matched.max_ticket_age_days')) }},
            {{ seconds_after('dated.created_at', after_account) }},
            coalesce({{ seconds_after('matched.settled_at', 'matched.settled_seconds') }}, dated.created_at)
        ) as earliest_at,
        {{ draw_unit('ticket moment', 'matched.ticket_number') }} as moment_draw,
        {{ draw_daytime_second('ticket hour', 'matched.ticket_number') }} as second_of_day
    from matched
    inner join dated
        on matched.user_number = dated.user_number
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
        * exclude (earliest_at, moment_draw, second_of_day, drawn_at, wakened_at, max_ticket_age_days, settled_seconds, settled_at, as_of_at, latest_at, window_seconds, drawn_seconds),
        case
            when wakened_at >= earliest_at and wakened_at < latest_at then wakened_at
            else drawn_at
        end as created_at
    from wakened

)

select * from linked
