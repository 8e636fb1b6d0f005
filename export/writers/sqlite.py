"""eventhub.db and udahub.db: the schema from SQLAlchemy, the rows in bulk through DuckDB."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from export.content_hash import hash_and_find
from export.errors import ExportError, one_line
from export.exported_table import ExportedTable
from export.past_season import has_past_season
from export.resources import sqlite_sorts_in
from export.source import Source
from export.sql import attached, by_number, columns_list, identifier, transaction
from export.sqlite_checks import SQLITE_CHECKS, check_references_across
from export.sqlite_extension import load_sqlite_extension
from export.sqlite_schema import Schema, list_conditions
from export.writers.base import ExportContext, Kind, Writer

if TYPE_CHECKING:  # SQLAlchemy takes long to load
    from sqlalchemy import MetaData, Table

SQLITE = Kind(name="sqlite")
DATABASES = ("eventhub", "udahub")


class SqliteWriter(Writer):
    """Fills both databases at the same time."""

    kind = SQLITE
    patterns = tuple(f"{name}.db" for name in DATABASES)
    checks = SQLITE_CHECKS
    instances = len(DATABASES)
    needs_copy = True
    reads_views = True

    def __init__(self, context: ExportContext) -> None:
        self._work = context.data_dir / "work"
        self._paths = {name: context.files.stage(context.data_dir / f"{name}.db") for name in DATABASES}

    def prepare(self, marts: DuckDBPyConnection) -> None:
        """Load SQLAlchemy and the schemas."""
        for name in DATABASES:
            load_metadata(name)

    def write(self, source: Source) -> list[ExportedTable]:
        """Fill and check each database, then what one names of the other."""
        with sqlite_sorts_in(self._work), ThreadPoolExecutor() as pool:
            filling = [pool.submit(fill_database, source, name, path) for name, path in self._paths.items()]
            tables = [table for filled in filling for table in filled.result()]
        check_references_across(self._paths["eventhub"], self._paths["udahub"])
        return tables


def load_metadata(name: str, marts: DuckDBPyConnection | None = None) -> MetaData:
    """Return the tables of a database; of marts with a past season, bookings say when they were attended, too."""
    from data.models import eventhub, udahub

    if name == "eventhub" and marts is not None and has_past_season(marts):
        return eventhub.with_attendance()
    return {"eventhub": eventhub.Base.metadata, "udahub": udahub.Base.metadata}[name]


def fill_database(source: Source, name: str, path: Path) -> list[ExportedTable]:
    """Make eventhub.db or udahub.db."""
    with source.open(name) as connection:
        load_sqlite_extension(connection)
        return write_sqlite(connection, load_metadata(name, connection), name, path, f"{name}.db")


def write_sqlite(
    connection: DuckDBPyConnection, metadata: MetaData, schema: str, path: Path, file_name: str
) -> list[ExportedTable]:
    """Fill a new SQLite file with the tables of a DuckDB schema, and check it.

    Args:
        connection: sees the schema; the SQLite extension is loaded.
        metadata: the tables to make, and what each must hold to.
        schema: where DuckDB has tables of the same names and columns.
        path: the file to make.
        file_name: what it will be called, relative to the data directory.

    Raises:
        ExportError: a row breaks a constraint or a foreign key, or the file is damaged.
    """
    schema_made = Schema.of(metadata)
    schema_made.create_tables(path)
    tables = metadata.sorted_tables
    with attached(connection, path, f"{schema}_export", "type sqlite") as database, transaction(connection):
        for table in tables:
            _fill(connection, table, schema, database, file_name)
    _complete(path, schema_made, file_name)
    with _unguarded(path) as database, ThreadPoolExecutor(2) as pool:  # all but the last step only reads
        database.execute("pragma cache_size = -2000")  # without a cache, statistics would lock out who reads
        database.execute("begin")
        analyzing = pool.submit(database.execute, "analyze")
        checking = pool.submit(_check_pages, path, metadata, file_name)
        with attached(connection, path, f"{schema}_export", "type sqlite, read_only") as name:
            hashes = [_hash_and_check_keys(connection, table, name, file_name) for table in tables]
        checking.result()
        analyzing.result()
        database.execute("commit")
    size = path.stat().st_size
    return [
        ExportedTable(
            file_name=file_name, table_name=table.name, row_count=count, content_hash=content_hash, byte_count=size
        )
        for table, (count, content_hash) in zip(tables, hashes, strict=True)
    ]


def _fill(connection: DuckDBPyConnection, table: Table, schema: str, database: str, file_name: str) -> None:
    columns = columns_list(column.name for column in table.columns)
    id_column = table.primary_key.columns[0].name
    try:
        connection.execute(
            f"insert into {identifier(database, table.name)} ({columns})"
            f" select {columns} from {identifier(schema, table.name)} order by {by_number(id_column)}"
        )
    except duckdb.Error as error:
        raise _misfit(file_name, table.name, error) from error


def _complete(path: Path, schema: Schema, file_name: str) -> None:
    with _unguarded(path) as connection:
        for index in schema.late:
            try:
                connection.execute(index.statement)
            except sqlite3.IntegrityError as error:
                raise _misfit(file_name, index.table, error) from error
        schema.complete(connection)


@contextmanager
def _unguarded(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that nobody reads yet, so that SQLite need not guard against a crash."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute("pragma default_cache_size = 0")  # SQLite's own; it sorts faster in little memory, too
        yield connection


def _misfit(file_name: str, table: str, error: Exception | str) -> ExportError:
    reason = one_line(error) if isinstance(error, Exception) else error
    return ExportError(f"{file_name}: the rows of {table} do not fit: {reason}. The old files stay.")


def _check_pages(path: Path, metadata: MetaData, file_name: str) -> None:
    """Check every page and constraint; that indexes and rows agree (integrity_check) takes as long as filling."""
    with closing(sqlite3.connect(path)) as connection:
        findings = connection.execute("pragma quick_check").fetchall()
        if findings == [("ok",)]:
            return
        for table in metadata.sorted_tables:
            for name, condition in list_conditions(table):
                query = f"select exists (select * from {identifier(table.name)} where not ({condition}))"
                if connection.execute(query).fetchone() == (1,):
                    raise _misfit(file_name, table.name, f"CHECK constraint failed: {name}")
    raise ExportError(f"{file_name} is damaged: {findings[0][0]}. The old files stay.")


def _hash_and_check_keys(
    connection: DuckDBPyConnection, table: Table, database: str, file_name: str
) -> tuple[int, str]:
    """Count and hash the rows of a table, and look up all their keys, in one reading.

    SQLite's own check of keys takes a search of the parent for every row.
    """
    keys = sorted(table.foreign_keys, key=lambda key: key.parent.name)
    strays = [
        f"case when t.{column} not in (select {identifier(key.column.name)} from {parent}) then t.{column} end"
        for key in keys
        for column in [identifier(key.parent.name)]
        for parent in [identifier(database, key.column.table.name)]
    ]
    rows, content_hash, found = hash_and_find(connection, identifier(database, table.name), strays)
    for key, (count, example) in zip(keys, found, strict=True):
        if count:
            raise ExportError(
                f"{file_name}: {count} rows point to nothing, for example {table.name}.{key.parent.name} {example!r},"
                f" which {key.column.table.name} lacks. The old files stay."
            )
    return rows, content_hash
