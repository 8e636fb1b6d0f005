-- Tickets sold: the held bookings of the members and the sales outside the club. A sold-out event has sold every ticket; a cancelled one
-- had sold a part when it was called off and offers none (requirements: sold-out-when-all-is-sold).
with

offered as (

    select * from {{ ref('int_events__offered') }}

),

bookings as (

    select * from {{ ref('int_bookings__priced') }}

),

held as (

    select event_number, sum(ticket_count)::bigint as held_tickets
    from bookings
    where status != 'cancelled'
    group by event_number

),

drawn as (

    select
        offered.*,
        coalesce(held.held_tickets, 0) as held_tickets,
        -- the last one stays free, or the event would be sold out
        offered.total_tickets - 1 - coalesce(held.held_tickets, 0) as free_tickets,
        -- half by chance, and half the more the cheaper the event is within its category
        {{ int_div(draw_below('outside sales', 'offered.event_number', var('outside_sales_percent')) ~ ' + ' ~ int_div(var('outside_sales_percent') ~ ' * (99 - offered.price_rank)', 99), 2) }} as outside_percent
    from offered
    left join held
        on offered.event_number = held.event_number

),

sold as (

    select
        event_number,
        held_tickets,
        case status
            when 'soldout' then total_tickets
            when 'cancelled' then {{ int_div('total_tickets * outside_percent', 100) }}
            else held_tickets + {{ int_div('free_tickets * outside_percent', 100) }}
        end as tickets_sold
    from drawn

)

select * from sold
