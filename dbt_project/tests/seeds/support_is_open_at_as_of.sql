-- A set is seen at midnight UTC, 4 pm Pacific. A ticket of the last minutes may have an agent's answer by then only if support opens earlier that day and has not closed.
select policy, value
from {{ ref('policies') }}
cross join {{ ref('int_policy_values') }} as used
where
    (policy = 'support_open' and not coalesce(used.support_open_hour <= 15, false))
    or (policy = 'support_close' and not coalesce(used.support_close_hour >= 16, false))
