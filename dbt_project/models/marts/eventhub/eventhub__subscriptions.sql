-- One subscription a user, numbered like the user: s_00001 belongs to u_00001.
select
    's' || substr(user_id, 2) as subscription_id,
    user_id,
    subscription_tier as tier,
    subscription_status as status,
    monthly_quota,
    subscription_started_at as started_at,
    subscription_ended_at as ended_at
from {{ ref('users') }}
