"""Writes what DuckDB has built as a build on Spark leaves it: a stand-in where Spark itself is not the question."""

from __future__ import annotations

from pathlib import Path

import duckdb

from export.spark_warehouse import FINISHED
from export.sql import identifier, literal

# Views of a DuckDB build that are tables on Spark; those of other schemas end with a build on Spark.
STORED = """
    select schema_name, table_name from duckdb_tables() where not internal and database_name = current_database()
    union all
    select schema_name, view_name from duckdb_views()
    where not internal and database_name = current_database()
        and (schema_name in ('main', 'eventhub') or schema_name = 'analytics' and view_name like '%_rules')
    order by all
"""


def dump(warehouse: Path, build: Path) -> None:
    """Write each table as a folder of Parquet; enums become texts, since Spark has none."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for schema, name in connection.execute(STORED).fetchall():
            if name == "exported_files":
                continue
            relation = identifier(schema, name)
            columns = connection.execute(f"describe {relation}").fetchall()
            texts = [
                f"{identifier(column)}::varchar as {identifier(column)}"
                for column, kind, *_ in columns
                if kind.startswith("ENUM")
            ]
            replaced = f" replace ({', '.join(texts)})" if texts else ""
            folder = build / f"{schema}.db" / name
            folder.mkdir(parents=True)
            connection.execute(
                f"copy (select *{replaced} from {relation}) to {literal(folder / 'part-00000-of-one.snappy.parquet')}"
            )
    finish(build)


def finish(build: Path) -> None:
    """Say that a build has come to its end."""
    folder = build / FINISHED
    folder.mkdir(parents=True)
    duckdb.sql("select '0' as invocation_id").write_parquet(str(folder / "part-00000.snappy.parquet"))
    (folder / "_SUCCESS").touch()
