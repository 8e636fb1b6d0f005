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

seasons as (

    select
        events.*,
        -- the number within the season, so that each has its shares to the row
        events.event_number - case when events.is_past then parameters.events else 0 end as season_number,
        case when events.is_past then parameters.past_events else parameters.events end as season_events
    from events
    cross join parameters

),

sized as (

    select
        *,
        {{ block_size('season_number', 'season_events') }} as block_size
    from seasons

),

dealt as (

    select
        *,
        {{ card_key('block_size', assigned_card('event status', 'season_number', 'block_size')) }} as status_key,
        {{ card_key('block_size', assigned_card('event premium', 'season_number', 'block_size')) }} as premium_key,
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

-- within the category of a season, the cheapest first
ordered as (

    select
        *,
        row_number() over (partition by category, is_past order by 2 * price_min + price_spread, event_number) - 1 as cheaper_events,
        count(*) over (partition by category, is_past) as category_events
    from priced

),

compared as (

    select
        *,
        {{ int_div('100 * cheaper_events', 'category_events') }} as price_rank
    from ordered

),

offered as (

    select
        compared.event_number,
        compared.is_past,
        compared.price_min,
        compared.price_min + compared.price_spread as price_max,
        compared.price_rank,
        greatest({{ int_div('compared.capacity * compared.seats_percent', 1000) }} * 10, least(compared.capacity, {{ var('least_tickets') }})) as total_tickets,
        statuses.value as status,
        premiums.value = 'true' as is_premium
    from compared
    inner join cards as statuses
        on statuses.attribute = 'event_status' and compared.status_key = statuses.card_key
    inner join cards as premiums
        on premiums.attribute = 'event_is_premium' and compared.premium_key = premiums.card_key

)

select * from offered
