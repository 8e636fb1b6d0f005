-- How far each ticket is (requirements: status-of-a-ticket), and which rows it presumes: escalated exactly when a trigger holds. Of the others, by a draw, a part
-- is open, a part in progress, and of the training texts the rest is resolved: an agent under test is judged by tickets that wait for it. A resolved ticket
-- whose action changes data is linked to rows that show it; where none are left, it is in progress.
with

triaged as (

    select * from {{ ref('int_tickets__triaged') }}

),

splits as (

    select * from {{ ref('int_ticket_texts__split') }}

),

actions as (

    select * from {{ ref('support_actions') }}

),

candidates as (

    select * from {{ ref('int_ticket_candidates') }}

),

supplied as (

    select need, effect, count(*) as candidate_count
    from candidates
    where effect is not null
    group by need, effect

),

drawn as (

    select
        triaged.*,
        splits.split = 'train' as may_be_resolved,
        actions.effect,
        row_number() over (
            partition by triaged.is_escalated, splits.split = 'train'
            order by {{ draw('ticket status', 'triaged.ticket_number') }}, triaged.ticket_number
        ) as status_rank,
        count(*) over (partition by triaged.is_escalated, splits.split = 'train') as rank_count
    from triaged
    inner join splits
        on triaged.text_number = splits.ticket_number
    left join actions
        on triaged.action = actions.action

),

wished as (

    select
        *,
        case
            when is_escalated then 'escalated'
            when status_rank * 100 <= rank_count * {{ var('open_percent') }} then 'open'
            when may_be_resolved and status_rank * 100 > rank_count * ({{ var('open_percent') }} + {{ var('in_progress_percent') }}) then 'resolved'
            when may_be_resolved then 'in_progress'
            when status_rank * ({{ var('open_percent') }} + {{ var('in_progress_percent') }}) <= rank_count * {{ var('open_percent') }} then 'open'
            else 'in_progress'
        end as wished_status
    from drawn

),

numbered as (

    select
        *,
        row_number() over (partition by need, effect, wished_status order by ticket_number) as effect_rank
    from wished

),

stated as (

    select
        {{ columns_except(['may_be_resolved', 'effect', 'status_rank', 'rank_count', 'wished_status', 'effect_rank'], of='numbered') }},
        case
            when numbered.wished_status != 'resolved' or numbered.effect is null or numbered.effect_rank <= supplied.candidate_count then numbered.wished_status
            else 'in_progress'
        end as status,
        case when numbered.wished_status = 'resolved' and numbered.effect_rank <= supplied.candidate_count then numbered.effect end as effect
    from numbered
    left join supplied
        on numbered.need = supplied.need
        and numbered.effect = supplied.effect

)

select * from stated
