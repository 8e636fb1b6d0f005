-- The house's constants that SQL computes with, as numbers in one row.
select
    max(value::bigint) filter (where policy = 'refund_full_notice_days') as refund_full_notice_days,
    max(value::bigint) filter (where policy = 'refund_partial_notice_days') as refund_partial_notice_days,
    max(value::bigint) filter (where policy = 'refund_partial_percent') as refund_partial_percent,
    max(value::bigint) filter (where policy = 'basic_monthly_quota') as basic_monthly_quota,
    max(value::bigint) filter (where policy = 'premium_monthly_quota') as premium_monthly_quota,
    max(value::bigint) filter (where policy = 'premium_discount_percent') as premium_discount_percent,
    max(value::bigint) filter (where policy = 'max_tickets_per_booking') as max_tickets_per_booking,
    max(value::bigint) filter (where policy = 'pending_hold_hours') as pending_hold_hours
from {{ ref('policies') }}
where regexp_full_match(value, '[0-9]+')
