-- As many needs as the macro need_key tells apart.
with

last_needs as (

    select max(need_number) as need_number
    from {{ ref('int_scenario_needs__numbered') }}

)

select need_number
from last_needs
where {{ need_key(1, 'need_number') }} > {{ need_key(2, 0) }}
