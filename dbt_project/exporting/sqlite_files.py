"""eventhub.db and udahub.db: the schema from SQLAlchemy, the rows in bulk through DuckDB."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection
from sqlalchemy import URL, MetaData, Table, create_engine

from data.models import eventhub, udahub
from dbt_project.exporting.audit import ExportedTable, hash_rows
from dbt_project.exporting.errors import ExportError, one_line
from dbt_project.exporting.resources import Resources
from dbt_project.exporting.sql import attached, by_number, columns_list, fetch_row, identifier, transaction

MODELS = {"eventhub": eventhub.Base.metadata, "udahub": udahub.Base.metadata}

EXTENSION_PACKAGE = "duckdb_extension_sqlite"

# 256 MB instead of 2: the keys of a table stay in memory while it is filled, which halves the time of
# millions of rows. DuckDB has no setting for it, so the file itself says so until it is finished.
PAGES_CACHED_WHILE_FILLING = 65_536

# (table, column) of udahub.db → (table, column) of eventhub.db
REFERENCES_ACROSS = (
    ("users", "external_user_id", "users", "user_id"),
    ("ticket_metadata", "reservation_id", "reservations", "reservation_id"),
    ("ticket_metadata", "event_id", "events", "event_id"),
)


def fill_database(resources: Resources, warehouse: Path, name: str, path: Path) -> list[ExportedTable]:
    """Make eventhub.db or udahub.db from a finished warehouse."""
    with resources.open_copy(warehouse, name) as copy:
        load_sqlite_extension(copy)
        return write_sqlite(copy, MODELS[name], name, path)


def load_sqlite_extension(connection: DuckDBPyConnection) -> None:
    """Load DuckDB's SQLite extension from its Python package; nothing is downloaded or put in a home.

    The loader takes the name of the extension from the name of the file, hence a link of the right name, or a copy
    where links are refused.

    Raises:
        ExportError: the package is missing or made for another DuckDB.
    """
    package = importlib.util.find_spec(EXTENSION_PACKAGE)
    places = list(package.submodule_search_locations or ()) if package else []
    shipped = [
        file
        for place in places
        if (file := Path(place, "extensions", f"v{duckdb.__version__}", "sqlite.duckdb_extension")).is_file()
    ]
    if not shipped:
        raise ExportError(
            f"the SQLite extension for DuckDB {duckdb.__version__} is not installed. "
            f"Run: pip install duckdb-extension-sqlite=={duckdb.__version__}"
        )
    with TemporaryDirectory() as folder:
        link = Path(folder, "sqlite_scanner.duckdb_extension")
        try:
            link.symlink_to(shipped[0].resolve())
        except (OSError, NotImplementedError):
            shutil.copyfile(shipped[0], link)
        connection.load_extension(str(link))


def write_sqlite(connection: DuckDBPyConnection, metadata: MetaData, schema: str, path: Path) -> list[ExportedTable]:
    """Fill a new SQLite file with the tables of a DuckDB schema, and check it.

    Args:
        connection: sees the schema; the SQLite extension is loaded.
        metadata: the tables to make, and what each must hold to.
        schema: where DuckDB has tables of the same names and columns; also the file's name in messages.
        path: the file to make.

    Raises:
        ExportError: a row breaks a constraint or a foreign key, or the file is damaged.
    """
    file_name = f"{schema}.db"
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
        ExportedTable(file_name, table.name, count, content_hash, size)
        for table, (count, content_hash) in zip(tables, hashes, strict=True)
    ]


def check_references_across(eventhub: Path, udahub: Path) -> None:
    """Make sure that what udahub.db names of eventhub.db is there.

    Raises:
        ExportError: a row of udahub.db names something that eventhub.db lacks.
    """
    with closing(sqlite3.connect(udahub)) as connection:
        connection.execute("attach ? as eventhub", [str(eventhub)])
        for table, column, parent, parent_column in REFERENCES_ACROSS:
            count, example = connection.execute(
                f"select count(*), min({column}) from main.{table} where {column} is not null"
                f" and {column} not in (select {parent_column} from eventhub.{parent})"
            ).fetchone()
            if count:
                raise ExportError(
                    f"udahub.db: {count} rows of {table} have a {column} that {parent} of eventhub.db lacks,"
                    f" for example {example}. The old files stay."
                )


def create_schema(metadata: MetaData, path: Path) -> list[str]:
    """Create tables and views; return the indexes, which are quicker to build on rows than before them."""
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
