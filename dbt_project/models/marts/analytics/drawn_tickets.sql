-- Of the training split alone, so that the card gives no test ticket away.
with

candidates as (

    select
        ticket_id,
        row_number() over (order by {{ draw('ticket of the data card', id_number('ticket_id')) }}, ticket_id) as place
    from {{ ref('ticket_labels') }}
    where split = 'train'

)

select
    place::bigint as place,
    ticket_id
from candidates
where place <= 3
