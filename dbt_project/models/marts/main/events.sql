with

described as (

    select * from {{ ref('int_events__described') }}

),

scheduled as (

    select * from {{ ref('int_events__scheduled') }}

),

offered as (

    select * from {{ ref('int_events__offered') }}

),

sold as (

    select * from {{ ref('int_events__sold') }}

),

events as (

    select
        described.event_id,
        described.title,
        described.description,
        described.category,
        described.venue_id,
        described.venue_name,
        described.city,
        scheduled.event_date,
        scheduled.start_time,
        (scheduled.event_date || ' ' || scheduled.start_time || ':00')::timestamp as {{ adapter.quote('when') }},
        scheduled.duration_minutes,
        offered.price_min::decimal(10, 2) as price_min,
        offered.price_max::decimal(10, 2) as price_max,
        offered.total_tickets,
        sold.tickets_sold,
        case offered.status when 'cancelled' then 0 else offered.total_tickets - sold.tickets_sold end as slots_available,
        offered.is_premium,
        offered.status,
        described.event_number
    from described
    inner join scheduled
        on described.event_number = scheduled.event_number
    inner join offered
        on described.event_number = offered.event_number
    inner join sold
        on described.event_number = sold.event_number

)

select {{ columns_except(['event_number']) }} from events
order by event_number
