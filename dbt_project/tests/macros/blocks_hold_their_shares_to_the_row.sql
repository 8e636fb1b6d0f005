-- Last blocks of 1 to 100 rows, each behind 0 to 19 full ones: every card is dealt once, so every share is met by largest remainder.
with

blocks as (

    select
        sizes.number as size,
        fulls.number - 1 as block,
        100 * (fulls.number - 1) + places.number as row_number,
        100 * (fulls.number - 1) + sizes.number as total
    from ({{ number_series(100) }}) as sizes
    cross join ({{ number_series(20) }}) as fulls
    inner join ({{ number_series(100) }}) as places
        on places.number <= sizes.number

),

dealt as (

    select
        size,
        block,
        {{ block_size('row_number', 'total') }} as block_size,
        {{ assigned_card('some cards', 'row_number', 'size') }} as card
    from blocks

),

counted as (

    select
        dealt.size,
        cards.attribute,
        cards.value,
        count(*) as row_count
    from dealt
    inner join {{ ref('int_share_cards') }} as cards
        on dealt.block_size = cards.block_size and dealt.card = cards.card
    where dealt.block = 2
    group by dealt.size, cards.attribute, cards.value

),

failures as (

    select 'a block of ' || size || ' has another size' as failure from dealt where block_size != size
    union all
    select 'a block of ' || size || ' deals a card twice, or one that it does not have'
    from dealt
    group by size, block
    having count(distinct card) != size or min(card) != 0 or max(card) != size - 1
    union all
    select 'a block of ' || sizes.number || ' misses the share of ' || shares.attribute || ' ' || shares.value
    from {{ ref('shares') }} as shares
    cross join ({{ number_series(100) }}) as sizes
    left join counted
        on shares.attribute = counted.attribute and shares.value = counted.value and sizes.number = counted.size
    where abs(100 * coalesce(counted.row_count, 0) - shares.share * sizes.number) >= 100

)

select * from failures
