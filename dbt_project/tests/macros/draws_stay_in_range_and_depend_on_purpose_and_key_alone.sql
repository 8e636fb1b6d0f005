with

keys as (

    select number as key from ({{ number_series(65536) }}) as numbers

),

drawn as (

    select
        key,
        {{ draw('one purpose', 'key') }} as drawn,
        {{ draw('another purpose', 'key') }} as drawn_for_another,
        {{ draw('one purpose', 'key + 4294967296') }} as drawn_beyond_32_bits,
        {{ draw_unit('one purpose', 'key') }} as drawn_unit,
        {{ draw_below('one purpose', 'key', 100) }} as drawn_below,
        {{ draw_between('one purpose', 'key', 20, 29) }} as drawn_between,
        {{ draw_daytime_second('one purpose', 'key') }} as drawn_second
    from keys

),

drawn_again as (

    select key, {{ draw('one purpose', 'key') }} as drawn
    from (select 65537 - key as key from keys) as turned

),

failures as (

    select 'a draw lies outside 0 .. 2^32 - 1' as failure from drawn where drawn not between 0 and 4294967295
    union all
    select 'the same key gave another draw'
    from drawn
    inner join drawn_again
        on drawn.key = drawn_again.key
    where drawn.drawn != drawn_again.drawn
    union all
    select 'purposes share their draws' from drawn having count(*) filter (where drawn = drawn_for_another) > 5
    union all
    select 'keys beyond 32 bits repeat' from drawn having count(*) filter (where drawn = drawn_beyond_32_bits) > 5
    union all
    select 'a unit draw lies outside 0 .. 1' from drawn where not (drawn_unit >= 0 and drawn_unit < 1)
    union all
    select 'a span is not met from end to end' from drawn having min(drawn_below) != 0 or max(drawn_below) != 99 or min(drawn_between) != 20 or max(drawn_between) != 29
    union all
    select 'somebody wakes at night' from drawn where (drawn_second + 32400) % 86400 >= 57600

)

select * from failures
