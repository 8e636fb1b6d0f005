select
    name,
    version,
    as_of,
    seed,
    volume,
    license,
    data_hash
from {{ ref('data_set') }}
