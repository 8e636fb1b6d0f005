"""Pulls what only a writer can make (names, titles, texts) and lands it for dbt."""
