with

openings as (

    select
        field,
        model,
        {{ array_join(array_slice('words', 1, 6), ' ') }} as opening,
        count(*) as opening_count
    from {{ ref('int_texts__sampled') }}
    group by all

),

ranked as (

    select
        *,
        row_number() over (partition by field, model order by opening_count desc, opening) as opening_rank
    from openings

),

common_openings as (

    select
        field,
        model,
        max(opening_count) as opening_count,
        {{ array_collect('opening', 'opening_rank') }} as commonest_openings
    from ranked
    where opening_rank <= 3
    group by field, model

)

select * from common_openings
