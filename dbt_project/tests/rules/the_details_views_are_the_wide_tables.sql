-- eventhub.user_details and eventhub.reservation_details join the tables of eventhub back to what main holds in one row (requirements: views-without-joins).
with

wide as (

    select
        'reservation ' || reservation_id as what, user_email, event_title, venue_name, event_date, total_price, booking_date
    from {{ ref('reservations') }}
    union all
    select 'user ' || user_id, email, subscription_tier, subscription_status, subscription_started_at::date, monthly_quota, created_at
    from {{ ref('users') }}

),

details as (

    select
        'reservation ' || reservation_id as what, user_email, event_title, venue_name, event_date, total_price, booking_date
    from {{ ref('eventhub__reservation_details') }}
    union all
    select 'user ' || user_id, email, subscription_tier, subscription_status, subscription_started_at::date, monthly_quota, created_at
    from {{ ref('eventhub__user_details') }}

)

(
    select * from wide
    except all
    select * from details
)
union all
(
    select * from details
    except all
    select * from wide
)
