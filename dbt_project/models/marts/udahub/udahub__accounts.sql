select
    'eventhub' as account_id,
    'EventHub' as account_name,
    {{ seconds_after('as_of_at', days('-' ~ oldest_account_days() ~ ' - 2')) }} as created_at,
    {{ seconds_after('as_of_at', days('-' ~ oldest_account_days() ~ ' - 2')) }} as updated_at
from {{ ref('int_parameters') }}
