select
    position as user_number,
    culture,
    city,
    full_name
from {{ source('raw', 'users') }}
