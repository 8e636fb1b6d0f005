select
    position as user_number,
    culture,
    city,
    full_name,
    email
from {{ source('raw', 'users') }}
