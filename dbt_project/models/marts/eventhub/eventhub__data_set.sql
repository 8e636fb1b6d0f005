select
    name,
    version,
    as_of,
    seed,
    volume,
    license
from {{ ref('data_set') }}
