select
    'eventhub' as account_id,
    'EventHub' as account_name,
    {{ seconds_after('as_of_at', '-86400 * 731') }} as created_at,
    {{ seconds_after('as_of_at', '-86400 * 731') }} as updated_at
from {{ ref('int_parameters') }}
