-- 1 .. 1,000,000, as far as there are users: to number rows of large tables. DuckDB reads a table by all threads only where it has several row groups, and a range
-- by one alone.
select {{ spread_hint() }}{{ unnested_range('least(' ~ long_series_length() ~ ', parameters.users)', first=1) }} as number
from {{ ref('int_parameters') }} as parameters
