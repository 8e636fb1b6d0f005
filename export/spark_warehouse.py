"""A warehouse that a build on Spark has left: a folder of Parquet files for each table, read by DuckDB."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from export.errors import ExportError
from export.sql import identifier, literal

# Names the folder of the last build that has ended well (tools/build_on_spark.py).
CURRENT = "current"
# A table that a build makes last, and only if all tests hold (macro mark_finished).
# Spark adds _SUCCESS when it is whole.
FINISHED = Path("analytics.db", "finished_build")
# Columns of JSON, which Spark has as text: JSON Lines hold objects there.
JSON_COLUMNS = {("udahub", "ticket_actions"): "arguments"}
BUILD_AGAIN = "Build it: make spark, or dbt build --target spark"


def find_build(folder: Path) -> Path:
    """Return the folder of a finished build: the one that `current` names, or the folder itself.

    Raises:
        ExportError: it holds none, or one that has failed, was killed or is still going on.
    """
    if not folder.is_dir():
        raise ExportError(f"{folder} is no folder. {BUILD_AGAIN}")
    build = folder
    if (current := folder / CURRENT).is_file():
        name = current.read_text(encoding="utf-8").strip()
        build = folder / name
        if name != Path(name).name or not build.is_dir():
            raise ExportError(f"{current} names {name!r:.60}, which is no folder beside it. {BUILD_AGAIN}")
    if not (build / FINISHED / "_SUCCESS").is_file():
        raise ExportError(f"{build} holds no finished build: it failed, was killed or is going on. {BUILD_AGAIN}")
    return build


def list_tables(build: Path) -> list[tuple[str, str, Path]]:
    """List schema, name and folder of each table with rows of its own, in order."""
    folders = sorted(path for path in build.glob("*.db/*") if path.is_dir() and path.parent.name != "raw.db")
    return [(path.parent.name.removesuffix(".db"), path.name, path) for path in folders if any(path.glob("*.parquet"))]


@contextmanager
def open_build(build: Path, settings: dict[str, str]) -> Iterator[DuckDBPyConnection]:
    """Open a database in memory that has a view of each table, with the rows in the order in which Spark wrote them."""
    with duckdb.connect(config=dict(settings)) as connection:
        for schema, name, folder in list_tables(build):
            if build / FINISHED == folder:
                continue
            files = literal(f"{glob.escape(str(folder.absolute()))}/*.parquet")
            connection.execute(f"create schema if not exists {identifier(schema)}")
            column = JSON_COLUMNS.get((schema, name))
            replaced = f" replace ({identifier(column)}::json as {identifier(column)})" if column else ""
            connection.execute(
                f"create view {identifier(schema, name)} as"
                f" select *{replaced} from read_parquet({files}, hive_partitioning = false)"
            )
        yield connection
