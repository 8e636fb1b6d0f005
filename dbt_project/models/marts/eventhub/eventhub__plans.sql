-- What each tier costs and allows a month, from the policy (requirements: price-of-a-plan).
with

policies as (

    select * from {{ ref('int_policy_values') }}

)

{% for tier in ['basic', 'premium'] -%}
select
    '{{ tier }}' as tier,
    {{ tier }}_monthly_price as monthly_price,
    {{ tier }}_monthly_quota as monthly_quota
from policies
{{ 'union all' if not loop.last }}
{% endfor %}
