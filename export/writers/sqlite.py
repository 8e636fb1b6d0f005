"""eventhub.db and udahub.db: the schema from SQLAlchemy, the rows in bulk through DuckDB."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from export.content_hash import hash_rows
from export.errors import ExportError, one_line
from export.exported_table import ExportedTable
from export.past_season import has_past_season
from export.resources import sqlite_sorts_in
from export.source import Source
from export.sql import attached, by_number, columns_list, fetch_row, identifier, transaction
from export.sqlite_checks import SQLITE_CHECKS, check_references_across
from export.sqlite_extension import load_sqlite_extension
from export.writers.base import ExportContext, Kind, Writer

if TYPE_CHECKING:  # SQLAlchemy takes long to load
    from sqlalchemy import MetaData, Table

SQLITE = Kind(name="sqlite")
DATABASES = ("eventhub", "udahub")

# 256 MB instead of 2: the keys of a table stay in memory while it is filled, which halves the time of
# millions of rows. DuckDB has no setting for it, so the file itself says so until it is finished.
PAGES_CACHED_WHILE_FILLING = 65_536


class SqliteWriter(Writer):
    """Fills both databases at the same time."""

    kind = SQLITE
    patterns = tuple(f"{name}.db" for name in DATABASES)
    checks = SQLITE_CHECKS
    instances = len(DATABASES)
    needs_copy = True

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
    indexes = create_schema(metadata, path)
    tables = metadata.sorted_tables
    with attached(connection, path, f"{schema}_export", "type sqlite") as database, transaction(connection):
        for table in tables:
            _fill(connection, table, schema, database, file_name)
    _build(path, indexes)
    with ThreadPoolExecutor(1) as pool:  # both only read, each on one core
        checking = pool.submit(_check_pages, path, file_name)
        with attached(connection, path, f"{schema}_export", "type sqlite, read_only") as database:
            for table in tables:
                _check_foreign_keys(connection, table, database, file_name)
            hashes = [hash_rows(connection, identifier(database, table.name)) for table in tables]
        checking.result()
    _build(path, ["analyze"])
    size = path.stat().st_size
    return [
        ExportedTable(
            file_name=file_name, table_name=table.name, row_count=count, content_hash=content_hash, byte_count=size
        )
        for table, (count, content_hash) in zip(tables, hashes, strict=True)
    ]


def create_schema(metadata: MetaData, path: Path) -> list[str]:
    """Create tables and views; return the indexes, which are quicker to build on rows than before them."""
    from sqlalchemy import URL, create_engine

    engine = create_engine(URL.create("sqlite", database=str(path)))  # no address to be read: a path may hold # and %
    metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "select name, sql from sqlite_master where type = 'index' and sql is not null order by name"
        ).fetchall()
        for name, _ in rows:
            connection.execute(f"drop index {identifier(name)}")
        connection.execute("vacuum")
        connection.execute(f"pragma default_cache_size = {PAGES_CACHED_WHILE_FILLING}")
    return [sql for _, sql in rows]


def _fill(connection: DuckDBPyConnection, table: Table, schema: str, database: str, file_name: str) -> None:
    columns = columns_list(column.name for column in table.columns)
    id_column = table.primary_key.columns[0].name
    try:
        connection.execute(
            f"insert into {identifier(database, table.name)} ({columns})"
            f" select {columns} from {identifier(schema, table.name)} order by {by_number(id_column)}"
        )
    except duckdb.Error as error:
        raise ExportError(
            f"{file_name}: the rows of {table.name} do not fit: {one_line(error)}. The old files stay."
        ) from error


def _build(path: Path, statements: list[str]) -> None:
    """Build indexes or statistics; nobody reads the file yet, so SQLite need not guard against a crash."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute("pragma default_cache_size = 0")  # SQLite's own; it sorts faster in little memory, too
        for sql in statements:
            connection.execute(sql)


def _check_pages(path: Path, file_name: str) -> None:
    """Check every page and constraint; that indexes and rows agree (integrity_check) takes as long as filling."""
    with closing(sqlite3.connect(path)) as connection:
        findings = connection.execute("pragma quick_check").fetchall()
    if findings != [("ok",)]:
        raise ExportError(f"{file_name} is damaged: {findings[0][0]}. The old files stay.")


def _check_foreign_keys(connection: DuckDBPyConnection, table: Table, database: str, file_name: str) -> None:
    """Look up all keys of a table at once; SQLite's own check takes a search of the parent for every row."""
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        column, parent = identifier(key.parent.name), key.column.table.name
        count, example = fetch_row(
            connection,
            f"select count(*), min({column}) from {identifier(database, table.name)} where {column} not in"
            f" (select {identifier(key.column.name)} from {identifier(database, parent)})",
        )
        if count:
            raise ExportError(
                f"{file_name}: {count} rows point to nothing, for example {table.name}.{key.parent.name} {example!r},"
                f" which {parent} lacks. The old files stay."
            )
