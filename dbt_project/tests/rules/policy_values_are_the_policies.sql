-- The row that SQL computes with has each policy under its own name; an hour such as 8 am and a price such as $12 as a number.
{% set names = [
    'refund_full_notice_days', 'refund_partial_notice_days', 'refund_partial_percent', 'refund_processing_days', 'refund_wallet_days',
    'basic_monthly_quota', 'premium_monthly_quota', 'premium_discount_percent', 'max_tickets_per_booking', 'pending_hold_hours'
] %}
{% for name in names %}
    {{ 'union all' if not loop.first }}
    select
        policies.policy,
        policies.value as expected,
        used.{{ name }}::string as used
    from {{ ref('policies') }} as policies
    cross join {{ ref('int_policy_values') }} as used
    where policies.policy = '{{ name }}' and used.{{ name }}::string is distinct from policies.value
{% endfor %}
{% for hour in ['support_open', 'support_close'] %}
    union all
    select
        policies.policy,
        policies.value as expected,
        used.{{ hour }}_hour::string as used
    from {{ ref('policies') }} as policies
    cross join {{ ref('int_policy_values') }} as used
    where policies.policy = '{{ hour }}' and {{ format_moment('make_timestamp(2000, 1, 1, used.' ~ hour ~ '_hour, 0, 0)', '%-I %p') }} is distinct from upper(policies.value)
{% endfor %}
{% for price in ['basic_monthly_price', 'premium_monthly_price'] %}
    union all
    select
        policies.policy,
        policies.value as expected,
        used.{{ price }}::string as used
    from {{ ref('policies') }} as policies
    cross join {{ ref('int_policy_values') }} as used
    where policies.policy = '{{ price }}' and used.{{ price }} is distinct from try_cast(substr(policies.value, 2) as decimal(10, 2))
{% endfor %}
