select
    user_id,
    full_name,
    email,
    phone,
    city,
    is_blocked,
    created_at,
    blocked_at,
    blocked_reason
from {{ ref('users') }}
