{#- The shortest times from an account and from a booking to a ticket, and from the last ticket to as_of. -#}
{%- set after_account, after_booking, before_as_of = hours(1), minutes(30), minutes(10) -%}
-- Who writes each ticket, about which event and booking, and when: the tickets of a need take its candidates in turn. A ticket is written
-- after the account was opened and the booking made, within the need's latest days (requirements: tickets-of-the-last-30-days).
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

matched as (

    select
        dealt.* exclude (need_rank, candidate_rank),
        needs.links_to,
        needs.max_ticket_age_days,
        coalesce({{ days('needs.min_booked_days') }}, {{ after_booking }}) as booked_seconds,
        candidates.user_number,
        candidates.event_number,
        candidates.booking_number,
        candidates.booked_at
    from dealt
    inner join needs
        on dealt.need = needs.need
    inner join candidates
        on dealt.need = candidates.need
        and dealt.candidate_rank = candidates.candidate_rank

),

windows as (

    select
        matched.*,
        parameters.as_of_at,
        greatest(
            {{ seconds_after('parameters.as_of_at', days('-matched.max_ticket_age_days')) }},
            {{ seconds_after('dated.created_at', after_account) }},
            coalesce({{ seconds_after('matched.booked_at', 'matched.booked_seconds') }}, dated.created_at)
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
        * exclude (earliest_at, moment_draw, second_of_day, drawn_at, wakened_at, max_ticket_age_days, booked_seconds, booked_at, as_of_at, latest_at, window_seconds, drawn_seconds),
        case
            when wakened_at >= earliest_at and wakened_at < latest_at then wakened_at
            else drawn_at
        end as created_at
    from wakened

)

select * from linked
