with

history as (

    select
        *,
        {{ id_number('user_id') }} as user_number,
        coalesce(ticket_id, '') as ticket_or_none
    from {{ ref('int_user_history') }}

),

{{ row_places('numbered', 'history', 'history_number', order_by=['user_number', 'created_at', 'interaction_type', 'ticket_or_none', 'summary'], cut='user_number') }}

select
    {{ sequential_id('h', 'history_number') }} as history_id,
    'eventhub' as account_id,
    user_id,
    ticket_id,
    interaction_type,
    summary,
    created_at
from numbered
order by history_number
