-- The wide user (requirements: views-without-joins): a user with the columns of the subscription.
select
    users.user_id,
    users.full_name,
    users.email,
    users.phone,
    users.city,
    subscriptions.tier as subscription_tier,
    subscriptions.status as subscription_status,
    subscriptions.monthly_quota,
    users.created_at,
    users.created_at as joined_at,
    subscriptions.started_at as subscription_started_at,
    subscriptions.ended_at as subscription_ended_at,
    users.is_blocked,
    users.blocked_at,
    users.blocked_reason
from {{ ref('eventhub__users') }} as users
inner join {{ ref('eventhub__subscriptions') }} as subscriptions
    on users.user_id = subscriptions.user_id
