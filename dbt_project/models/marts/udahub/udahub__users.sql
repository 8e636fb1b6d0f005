-- Every member has a support user of the same id.
select
    user_id,
    'eventhub' as account_id,
    user_id as external_user_id,
    full_name as user_name,
    created_at,
    created_at as updated_at
from {{ ref('users') }}
order by {{ id_number('user_id') }}
