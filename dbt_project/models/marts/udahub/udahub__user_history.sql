with

history as (

    select
        *,
        row_number() over (order by {{ id_number('user_id') }}, created_at, interaction_type, coalesce(ticket_id, ''), summary) as history_number
    from {{ ref('int_user_history') }}

)

select
    {{ sequential_id('h', 'history_number') }} as history_id,
    'eventhub' as account_id,
    user_id,
    ticket_id,
    interaction_type,
    summary,
    created_at
from history
order by history_number
