{%- set methods = ['credit_card', 'paypal', 'apple_pay', 'google_pay'] -%}
{#- 2^run_bits neighbouring bookings are paid alike; a user's bookings are neighbours. -#}
{%- set run_bits = 3 -%}
-- Every booking, as numbers: the one table of its size; names, titles and addresses are joined to it where they are read (main.reservations).
-- In no order: joins keep none, and a sort of all bookings is what a large set cannot afford. Exports sort by id.
-- Joins are made as they are written (dbt_project.yml): the optimizer's guess of the bookings is far too low, and it would build on the large side.
--
-- Tickets, price and payment. A party has its size by the event's mix (int_bookings__assigned); a blocked user's takes no seat and follows the largest mix. The price is that
-- of a section of the venue, in whole dollars, less the premium discount, so totals are exact to the cent. Payment methods are dealt
-- to runs of neighbouring bookings, so that a user mostly pays the same way.
with

parameters as (

    select * from {{ ref('int_parameters') }}

),

dated as (

    select * from {{ ref('int_bookings__cancelled') }}

),

cards as (

    select * from {{ ref('int_share_cards') }}

),

party_mixes as (

    select * from {{ ref('party_mixes') }}

),

share_targets as (

    select * from {{ ref('int_share_targets') }}

),

policies as (

    select * from {{ ref('int_policy_values') }}

),

-- columns, as DuckDB takes long to fold draws of a constant
payment_lines as (

    select
        reservations,
        1::bigint as line_number,
        greatest(1, {{ shift_right('reservations', run_bits) }}) as line_runs
    from parameters

),

payment_runs as (

    select
        reservations,
        {{ permutation_keys('line_runs', 'payment eight', 'line_number', is_short_key=true) }}
    from payment_lines

),

bookings as (

    select
        dated.*,
        {{ is_premium_class('dated.class_number') }} as is_premium_booking,
        {{ draw_below('price level', 'dated.booking_number', 100, is_short_key=true) }} as level_card,
        {{ permuted_in_blocks('(dated.booking_number - 1) % payment_runs.reservations' if has_past_season() else 'dated.booking_number - 1', 'payment_runs', run_bits) }} as payment_place
    from dated
    cross join payment_runs

),

levels as (

    select
        card,
        value::bigint as price_level
    from cards
    where attribute = 'price_level' and block_size = 100

),

-- read anew: of a CTE with two readers DuckDB makes a table whose bounds it does not know
highest as (

    select greatest(1, max(value::bigint)) as highest_level
    from {{ ref('int_share_cards') }}
    where attribute = 'price_level' and block_size = 100

),

largest_mix as (

    select * from party_mixes
    order by mix desc
    limit 1

),

cumulated as (

    select
        value,
        sum(row_count) over (order by position)::bigint as rows_up_to,
        'payment_method ' || value || ' of shares.csv is none of {{ methods | join(', ') }}' as problem
    from share_targets
    where attribute = 'payment_method'

),

payments as (

    select
        {% for method in methods[:-1] %}
            max(rows_up_to) filter (where value = '{{ method }}') as {{ method }}_up_to,
        {% endfor %}
        max(rows_up_to) filter (where value = '{{ methods[-1] }}') as {{ methods[-1] }}_up_to
    from cumulated
    where case when value in ('{{ methods | join("', '") }}') then true else {{ raise_error('problem') }}::boolean end

),

-- one row, and so one join of it
settings as (

    select
        highest.highest_level,
        policies.premium_discount_percent,
        largest_mix.*,
        payments.*
    from highest
    cross join policies
    cross join largest_mix
    cross join payments

),

sized as (

    select
        bookings.*,
        case when {{ is_blocked_class('bookings.class_number') }} then {{ party_size('main.scale32(booking_draw, 1000)', 'settings') }} else party_size end as ticket_count,
        bookings.price_min + {{ int_div('bookings.price_span * levels.price_level', 'settings.highest_level') }} as unit_price,
        case when bookings.is_premium_booking then 100 - settings.premium_discount_percent else 100 end as paid_percent,
        case
            {% for method in methods[:-1] %}
                when payment_place < settings.{{ method }}_up_to then {{ enum_value(method, methods) }}
            {% endfor %}
            else {{ enum_value(methods[-1], methods) }}
        end as payment_method
    from bookings
    inner join levels
        on bookings.level_card = levels.card
    cross join settings

),

priced as (

    select
        booking_number,
        user_number,
        event_number::bigint as event_number,
        status,
        ticket_count::bigint as ticket_count,
        (ticket_count * paid_percent * unit_price)::bigint as total_cents,
        payment_method,
        is_premium_booking,
        created_at,
        cancelled_at,
        cancelled_by
    from sized

)

select * from priced
