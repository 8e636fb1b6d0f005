-- 1 .. 1,000,000: a spine for large tables. DuckDB reads a table by all threads only where it has several row groups, and a range by one alone.
{{ spine(1000000) }}
