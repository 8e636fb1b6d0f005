-- 1 .. 10,000: to number rows of small tables.
{{ number_series(series_length()) }}
