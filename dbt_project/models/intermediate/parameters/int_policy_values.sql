select
    max(try_cast(value as bigint)) filter (where policy = 'refund_full_notice_days') as refund_full_notice_days,
    max(try_cast(value as bigint)) filter (where policy = 'refund_partial_notice_days') as refund_partial_notice_days,
    max(try_cast(value as bigint)) filter (where policy = 'refund_partial_percent') as refund_partial_percent,
    max(try_cast(value as bigint)) filter (where policy = 'refund_processing_days') as refund_processing_days,
    max(try_cast(value as bigint)) filter (where policy = 'refund_wallet_days') as refund_wallet_days,
    max(try_cast(value as bigint)) filter (where policy = 'basic_monthly_quota') as basic_monthly_quota,
    max(try_cast(value as bigint)) filter (where policy = 'premium_monthly_quota') as premium_monthly_quota,
    max(try_cast(replace(value, '$', '') as decimal(10, 2))) filter (where policy = 'basic_monthly_price') as basic_monthly_price,
    max(try_cast(replace(value, '$', '') as decimal(10, 2))) filter (where policy = 'premium_monthly_price') as premium_monthly_price,
    max(try_cast(value as bigint)) filter (where policy = 'premium_discount_percent') as premium_discount_percent,
    max(try_cast(value as bigint)) filter (where policy = 'max_tickets_per_booking') as max_tickets_per_booking,
    max(try_cast(value as bigint)) filter (where policy = 'pending_hold_hours') as pending_hold_hours,
    max({{ hour_of_clock('value') }}) filter (where policy = 'support_open') as support_open_hour,
    max({{ hour_of_clock('value') }}) filter (where policy = 'support_close') as support_close_hour
from {{ ref('policies') }}
