-- Hours are those of California, standard time.
with

hours_of_the_day as (

    select {{ unnested_range(24) }} as hour_of_day

),

happenings as (

    select
        hour({{ pacific_time('created_at') }}) as hour_of_day,
        role::string as happening
    from {{ ref('udahub__ticket_messages') }}

    union all

    select
        hour({{ pacific_time('resolved_at') }}),
        case when assigned_agent is null then 'resolved_by_assistant' else 'resolved_by_agent' end
    from {{ ref('tickets') }}
    where resolved_at is not null

)

select
    hours_of_the_day.hour_of_day,
    count(*) filter (where happenings.happening = 'user') as member_messages,
    count(*) filter (where happenings.happening = 'ai') as assistant_messages,
    count(*) filter (where happenings.happening = 'agent') as agent_messages,
    count(*) filter (where happenings.happening = 'resolved_by_assistant') as resolved_by_assistant,
    count(*) filter (where happenings.happening = 'resolved_by_agent') as resolved_by_agent
from hours_of_the_day
left join happenings
    on hours_of_the_day.hour_of_day = happenings.hour_of_day
group by hours_of_the_day.hour_of_day
