-- Macro lognormal_draw with a median of 1000: deciles of a log-normal distribution, and nothing beyond the ends of its table.
with

draws as (

    select {{ lognormal_draw('test waits', 'number - 1', 1000) }} as wait
    from ({{ number_series(100000) }}) as numbers

),

deciles as (

    select
        percentile_disc(0.1) within group (order by wait) as tenth,
        percentile_disc(0.5) within group (order by wait) as median,
        percentile_disc(0.9) within group (order by wait) as ninth,
        min(wait) as least,
        max(wait) as most
    from draws

)

select *
from deciles
where
    tenth not between 270 and 285
    or median not between 985 and 1015
    or ninth not between 3530 and 3680
    or least < 56
    or most > 17782
