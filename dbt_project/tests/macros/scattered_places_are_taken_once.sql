{%- set run_bits = 3 -%}
-- Lines of 1 to 300 places, permuted one by one and in runs: no place is taken twice, and long lines do not stay in order. Of the longest line, 300 places
-- all over it.
with

lines as (

    select
        number as line_size,
        {{ permutation_keys('number', 'some line', 'number') }}
    from ({{ number_series(300) }}) as sizes

),

runs as (

    select
        number as line_size,
        {{ permutation_keys('greatest(1, ' ~ shift_right('number', run_bits) ~ ')', 'some runs', 'number') }}
    from ({{ number_series(300) }}) as sizes

),

longest as (

    select
        number * 2147483647 as line_size,
        {{ permutation_keys('number * 2147483647', 'longest line', 'number') }}
    from ({{ number_series(1) }}) as sizes

),

places as (

    select
        'one by one' as way,
        lines.line_size,
        numbers.number - 1 as place_index,
        {{ permuted('(numbers.number - 1)', 'lines') }} as place
    from lines
    inner join ({{ number_series(300) }}) as numbers
        on numbers.number <= lines.line_size
    union all
    select
        'in eights',
        runs.line_size,
        numbers.number - 1,
        {{ permuted_in_blocks('numbers.number - 1', 'runs', run_bits) }}
    from runs
    inner join ({{ number_series(300) }}) as numbers
        on numbers.number <= runs.line_size
    union all
    select
        'far apart',
        longest.line_size,
        numbers.number * 7158278,
        {{ permuted('(numbers.number * 7158278)', 'longest') }}
    from longest
    cross join ({{ number_series(300) }}) as numbers

)

select
    way,
    line_size,
    count(distinct place) as places,
    min(place) as first_place,
    max(place) as last_place,
    corr(place_index, place) as correlation
from places
group by way, line_size
having
    count(distinct place) != least(line_size, 300)
    or min(place) < 0
    or max(place) >= line_size
    or (way = 'one by one' and line_size > 100 and abs(corr(place_index, place)) > 0.9)
