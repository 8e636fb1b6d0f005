{%- set reservation = ['reservation_id', 'user_email', 'event_title', 'venue_name', 'event_date', 'total_price', 'booking_date'] -%}
{%- set user = ['user_id', 'email', 'subscription_tier', 'subscription_status', 'subscription_started_at::date', 'monthly_quota', 'created_at'] -%}
{#- Written out wherever it is read: an engine may keep what has a name of its own, a line for each booking. -#}
{%- set hashed_rows -%}
    (
        select
            'reservation' as what,
            reservation_id as id,
            1 as side,
            {{ row_hash(reservation) }} as row_hash
        from {{ ref('reservations') }}
        union all
        select
            'reservation',
            reservation_id,
            -1,
            {{ row_hash(reservation) }}
        from {{ ref('eventhub__reservation_details') }}
        union all
        select
            'user',
            user_id,
            1,
            {{ row_hash(user) }}
        from {{ ref('users') }}
        union all
        select
            'user',
            user_id,
            -1,
            {{ row_hash(user) }}
        from {{ ref('eventhub__user_details') }}
    ) as hashed_rows
{%- endset -%}
-- eventhub.user_details and eventhub.reservation_details join the tables of eventhub back to what main holds in one row (requirements: views-without-joins).
-- Rows are compared by their hashes, and these by their number and sum in a few thousand buckets: only rows of a bucket that differs are looked at one by one,
-- so that nothing of millions of rows is sorted or kept to find none that differs.
with

differing_buckets as (

    select row_hash % 4096 as bucket
    from {{ hashed_rows }}
    group by row_hash % 4096
    having sum(side) != 0 or sum({{ wide_integer('row_hash') }} * side) != 0

)

select
    any_value(what) as what,
    any_value(id) as id,
    sum(side) as times_more_in_main
from {{ hashed_rows }}
where row_hash % 4096 in (select bucket from differing_buckets)
group by row_hash
having sum(side) != 0
