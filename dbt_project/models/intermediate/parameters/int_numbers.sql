-- 1 .. 10,000: a spine for small tables.
{{ number_series(series_length()) }}
