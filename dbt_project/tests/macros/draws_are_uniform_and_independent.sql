-- Chi-square of 65,536 draws: one purpose in 16 buckets; two purposes, neighbouring keys and two other pairs in 8 x 8. Limits are the 99.9 % quantiles
-- of 15 and 63 degrees of freedom; the seed is fixed, so this passes or fails for good.
{{ config(enabled=(var('seed') | string == '42')) }}
with

drawn as (

    select
        number as key,
        {{ draw('account age', 'number') }} as age_draw,
        {{ draw('account age', 'number + 1') }} as next_age_draw,
        {{ draw('user tier', 'number') }} as tier_draw,
        {{ draw('booking moment', 'number * 64') }} as moment_draw
    from ({{ number_series(65536) }}) as numbers

),

buckets as (

    {% for column in ['age_draw', 'tier_draw', 'moment_draw'] %}
        {{ 'union all' if not loop.first }}
        select '{{ column }}' as what, {{ int_div(column, 2 ** 28) }} as bucket, 16 as bucket_count, 37.697 as quantile from drawn
    {% endfor %}
    {% for first, second in [('age_draw', 'tier_draw'), ('age_draw', 'next_age_draw'), ('tier_draw', 'moment_draw'), ('age_draw', 'moment_draw')] %}
        union all
        select '{{ first }} and {{ second }}', 8 * {{ int_div(first, 2 ** 29) }} + {{ int_div(second, 2 ** 29) }}, 64, 103.442 from drawn
    {% endfor %}

),

counted as (

    select what, bucket, bucket_count, quantile, count(*) as hits
    from buckets
    group by what, bucket, bucket_count, quantile

),

tested as (

    select
        what,
        quantile,
        -- buckets without a hit add their expectation too
        sum(hits * hits * bucket_count / 65536.0) - 65536 as statistic
    from counted
    group by what, quantile

)

select *
from tested
where statistic >= quantile
