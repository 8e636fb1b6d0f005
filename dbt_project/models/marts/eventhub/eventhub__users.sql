select
    user_id,
    full_name,
    email,
    phone,
    city,
    is_blocked,
    created_at
from {{ ref('users') }}
