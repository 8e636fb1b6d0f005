-- Who writes each ticket, about which event and booking, and when: the tickets of a need take its candidates in turn. A ticket is written
-- after the account was opened, and after the booking was made, or cancelled, or the account blocked, where the need speaks of that, within the need's latest days (requirements: tickets-of-the-last-30-days).
with

tickets as (

    select
        *,
        row_number() over (partition by need order by ticket_number) - 1 as need_rank
    from {{ ref('int_tickets__text_chosen') }}

),

candidates as (

    select * from {{ ref('int_ticket_candidates') }}

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
        coalesce(86400 * needs.min_cancelled_days, 1800) as settled_seconds,
        candidates.user_number,
        candidates.event_number,
        candidates.booking_number,
        candidates.settled_at
    from dealt
    inner join {{ ref('scenario_needs') }} as needs
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
            {{ seconds_after('parameters.as_of_at', '-86400 * matched.max_ticket_age_days') }},
            {{ seconds_after('dated.created_at', '3600') }},
            coalesce({{ seconds_after('matched.settled_at', 'matched.settled_seconds') }}, dated.created_at)
        ) as earliest_at,
        {{ draw_unit('ticket moment', 'matched.ticket_number') }} as moment_draw,
        {{ draw_daytime_second('ticket hour', 'matched.ticket_number') }} as second_of_day
    from matched
    inner join {{ ref('int_users__dated') }} as dated
        on matched.user_number = dated.user_number
    cross join {{ ref('int_parameters') }} as parameters

),

drawn as (

    select
        *,
        {{ seconds_after('earliest_at', 'floor(moment_draw * (' ~ seconds_between('earliest_at', 'as_of_at') ~ ' - 600))') }} as drawn_at
    from windows

),

wakened as (

    select
        *,
        {{ seconds_after("date_trunc('day', drawn_at)", 'second_of_day') }} as wakened_at
    from drawn

)

select
    * exclude (earliest_at, moment_draw, second_of_day, drawn_at, wakened_at, max_ticket_age_days, settled_seconds, settled_at, as_of_at),
    case
        when wakened_at >= earliest_at and wakened_at < {{ seconds_after('as_of_at', '-600') }} then wakened_at
        else drawn_at
    end as created_at
from wakened
