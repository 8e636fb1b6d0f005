"""What dbt-duckdb calls: when a command begins, connects and ends."""
