"""Compares what two engines have built, relation by relation, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from export.spark_warehouse import FINISHED, list_tables
from export.sql import identifier, literal

# What may differ by design: two measures that only Python takes are left out on Spark, and with them rows of their
# rules and the count of rows checked; data_set names the engine's version.
DIFFERENT_BY_DESIGN = {
    ("analytics", "data_set"),
    ("analytics", "diversity_rules"),
    ("analytics", "exam_report"),
    ("analytics", "rules_checked"),
}


@contextmanager
def open_both(warehouse: Path, build: Path) -> Iterator[DuckDBPyConnection]:
    """Open DuckDB's database by the name that its views call it by, and Spark's tables as views of the same names."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(warehouse)} as warehouse (read_only)")
        for schema, name, folder in list_tables(build):
            if build / FINISHED != folder:
                connection.execute(f"create schema if not exists {identifier(schema)}")
                connection.execute(
                    f"create view {identifier(schema, name)} as from read_parquet({literal(f'{folder}/*.parquet')})"
                )
        yield connection


def list_relations(connection: DuckDBPyConnection) -> list[tuple[str, str]]:
    """List the relations that Spark has stored, by schema and name."""
    found = connection.execute(
        "select schema_name, view_name from duckdb_views() where not internal and database_name = 'memory' order by all"
    )
    return [(schema, name) for schema, name in found.fetchall()]


def count_differences(connection: DuckDBPyConnection, schema: str, name: str) -> tuple[int, int, int]:
    """Count the rows of DuckDB's relation, those that it alone has, and those that Spark's alone has."""
    theirs = identifier(schema, name)
    ours = f"warehouse.{theirs}"
    columns = connection.execute(f"describe {ours}").fetchall()
    plain = {column: "varchar" if kind.startswith("ENUM") or kind == "JSON" else kind for column, kind, *_ in columns}
    cast = ", ".join(f"{identifier(column)}::{kind} as {identifier(column)}" for column, kind in plain.items())
    row = connection.execute(
        f"""
        with ours as (select {cast} from {ours}), theirs as (select {cast} from {theirs})
        select
            (select count(*) from ours),
            (select count(*) from (from ours except all from theirs)),
            (select count(*) from (from theirs except all from ours))
        """
    ).fetchone()
    assert row is not None  # an aggregate always answers
    return row
