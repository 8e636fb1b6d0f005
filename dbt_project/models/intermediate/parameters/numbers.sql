-- 1 .. 10,000: a spine for small tables.
{{ spine(10000) }}
