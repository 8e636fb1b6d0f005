{%- set reservation = ['reservation_id', 'user_email', 'event_title', 'venue_name', 'event_date', 'total_price', 'booking_date'] -%}
{%- set user = ['user_id', 'email', 'subscription_tier', 'subscription_status', 'subscription_started_at::date', 'monthly_quota', 'created_at'] -%}
-- eventhub.user_details and eventhub.reservation_details join the tables of eventhub back to what main holds in one row (requirements: views-without-joins).
-- Rows are compared by their hashes: whole ones would be sorted or kept, millions of them, to find none that differs.
with

hashed as (

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

)

select
    any_value(what) as what,
    any_value(id) as id,
    sum(side) as times_more_in_main
from hashed
group by row_hash
having sum(side) != 0
