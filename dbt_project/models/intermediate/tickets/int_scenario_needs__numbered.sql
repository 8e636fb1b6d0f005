-- The needs of the scenarios with a number each, for draws that differ per need.
select
    *,
    row_number() over (order by need) as need_number
from {{ ref('scenario_needs') }}
