-- As many premises as the macro need_key tells apart.
with

last_premises as (

    select max(premise_number) as premise_number
    from {{ ref('int_ticket_premises') }}

)

select premise_number
from last_premises
where {{ need_key(1, 'premise_number') }} > {{ need_key(2, 0) }}
