"""What the card shows, counted in DuckDB: a list of rows for each file in queries/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from export.sql import fetch_row, identifier

Row = dict[str, Any]
QueryResults = dict[str, list[Row]]

QUERIES = Path(__file__).with_name("queries")


def run_queries(connection: DuckDBPyConnection) -> QueryResults:
    """Run every query; each answers with few rows, however many the tables hold."""
    return {path.stem: _fetch(connection, path.read_text()) for path in sorted(QUERIES.glob("*.sql"))}


def count_rows(connection: DuckDBPyConnection, schema: str, tables: list[str]) -> dict[str, int]:
    """Count the rows of each table of a schema."""
    return {table: fetch_row(connection, f"select count(*) from {identifier(schema, table)}")[0] for table in tables}


def _fetch(connection: DuckDBPyConnection, query: str) -> list[Row]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
