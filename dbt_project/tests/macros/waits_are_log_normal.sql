-- Macro lognormal_draw with a median of 1000: deciles of a log-normal distribution, and nothing beyond the ends of its table.
with

draws as (

    select {{ lognormal_draw('test waits', 'range', 1000) }} as wait
    from range(100000)

),

deciles as (

    select
        quantile_disc(wait, 0.1) as tenth,
        quantile_disc(wait, 0.5) as median,
        quantile_disc(wait, 0.9) as ninth,
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
