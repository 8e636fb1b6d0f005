-- Status and premium (exact in every block of 100 events), prices in whole dollars and the seats on offer
-- (requirements: shares-of-events, length-and-price-follow-the-category, tickets-within-the-capacity).
with

events as (

    select * from {{ ref('int_events__placed') }}

),

parameters as (

    select * from {{ ref('int_parameters') }}

),

cards as (

    select * from {{ ref('int_share_cards') }}

),

categories as (

    select * from {{ ref('event_categories') }}

),

sized as (

    select
        events.*,
        {{ block_size('events.event_number', 'parameters.events') }} as block_size
    from events
    cross join parameters

),

dealt as (

    select
        *,
        {{ card_key('block_size', assigned_card('event status', 'event_number', 'block_size')) }} as status_key,
        {{ card_key('block_size', assigned_card('event premium', 'event_number', 'block_size')) }} as premium_key,
        {{ draw_between('event seats', 'event_number', var('seats_percent_low'), var('seats_percent_high')) }} as seats_percent
    from sized

),

priced as (

    select
        dealt.*,
        {{ draw_between('event price', 'dealt.event_number', 'categories.price_min_low', 'categories.price_min_high') }} as price_min,
        {{ draw_between('event price spread', 'dealt.event_number', 'categories.price_spread_low', 'categories.price_spread_high') }} as price_spread
    from dealt
    inner join categories
        on dealt.category = categories.category

),

offered as (

    select
        priced.event_number,
        priced.price_min,
        priced.price_min + priced.price_spread as price_max,
        greatest({{ int_div('priced.capacity * priced.seats_percent', 1000) }} * 10, least(priced.capacity, {{ var('least_tickets') }})) as total_tickets,
        statuses.value as status,
        premiums.value = 'true' as is_premium
    from priced
    inner join cards as statuses
        on statuses.attribute = 'event_status' and priced.status_key = statuses.card_key
    inner join cards as premiums
        on premiums.attribute = 'event_is_premium' and priced.premium_key = premiums.card_key

)

select * from offered
