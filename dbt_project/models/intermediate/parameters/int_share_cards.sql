-- A deck of cards per share and block size: card 0 .. block_size - 1 carries a value, in largest-remainder proportion, so a block in
-- which every card is dealt once holds its shares to the row. A draw in 0 .. 99 against block size 100 follows them on average.
with

shares as (

    select * from {{ ref('shares') }}

),

small_numbers as (

    select * from {{ ref('int_numbers') }}

),

numbers as (

    select number from small_numbers where number between 1 and 100

),

quotas as (

    select
        shares.*,
        numbers.number as block_size,
        {{ int_div('share * numbers.number', 100) }} as whole_cards,
        share * numbers.number % 100 as remainder
    from shares
    cross join numbers

),

rounded as (

    select
        *,
        whole_cards + (
            row_number() over (partition by attribute, block_size order by remainder desc, position)
            <= block_size - sum(whole_cards) over (partition by attribute, block_size)
        )::bigint as cards
    from quotas

),

bounded as (

    select
        *,
        sum(cards) over (partition by attribute, block_size order by position) as cards_up_to
    from rounded

),

cards as (

    select
        attribute,
        block_size::bigint as block_size,
        (numbers.number - 1)::bigint as card,
        {{ card_key('block_size', 'numbers.number - 1') }}::bigint as card_key,
        value
    from bounded
    inner join numbers
        on numbers.number > cards_up_to - cards and numbers.number <= cards_up_to

)

select * from cards
