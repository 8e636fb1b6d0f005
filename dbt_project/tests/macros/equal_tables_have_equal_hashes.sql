-- The hash of a table, computed once: another text of a row would give the data set another name.
with

things as (

    select
        'a ' || chr(34) || ':1.00,' || chr(92) || chr(10) || '/é' as thing,
        84.00::decimal(10, 2) as price,
        date '2026-03-04' as day,
        timestamp '2026-03-04 05:06:07' as moment,
        true as is_thing,
        7::bigint as size
    union all
    select null, 12345678.90::decimal(10, 2), null, null, null, null
    union all
    select '', 0.05::decimal(10, 2), date '2026-12-31', timestamp '2026-12-31 00:00:00', false, -1::bigint

),

hashed as (

    {{ table_hash('things', 'things') }}

)

select *
from hashed
where concat_ws(' ', name, rows_hashed, low_sum, high_sum) != 'things 3 20088789691002636757 11650297293168824713'
