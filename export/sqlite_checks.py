"""What holds in finished SQLite files: pages, keys within a file and across both, rows as they were written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from export.content_hash import hash_rows
from export.errors import ExportError
from export.exported_table import ExportedTable
from export.finding import Check, Finding
from export.sql import attached, identifier
from export.sqlite_extension import load_sqlite_extension

# (table, column) of udahub.db → (table, column) of eventhub.db
REFERENCES_ACROSS = (
    ("users", "external_user_id", "users", "user_id"),
    ("ticket_metadata", "reservation_id", "reservations", "reservation_id"),
    ("ticket_metadata", "event_id", "events", "event_id"),
)


def check_pages(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """SQLite's own check of every page, constraint and index."""
    for name in _list_files(tables):
        with closing(open_read_only(data_dir / name)) as connection:
            if (findings := connection.execute("pragma integrity_check").fetchall()) != [("ok",)]:
                yield Finding("database_is_sound", f"{name}: {findings[0][0]}")


def check_foreign_keys(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Every foreign key within a file."""
    for name in _list_files(tables):
        with closing(open_read_only(data_dir / name)) as connection:
            for table, row, parent, _ in connection.execute("pragma foreign_key_check"):
                yield Finding("foreign_key_points_to_a_row", f"{name}: row {row} of {table} names nothing in {parent}")


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that nobody is to change."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def check_references(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Every key of udahub.db that names a row of eventhub.db."""
    if len(_list_files(tables)) == 2:
        try:
            check_references_across(data_dir / "eventhub.db", data_dir / "udahub.db")
        except ExportError as error:
            yield Finding("reference_across_points_to_a_row", str(error))


def check_rows(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Every table of a database has the rows that were written, and their content."""
    with duckdb.connect() as connection:
        load_sqlite_extension(connection)
        for name in _list_files(tables):
            with attached(connection, data_dir / name, "database", "type sqlite, read_only") as database:
                for line in (line for line in tables if line.file_name == name):
                    yield from _compare(connection, identifier(database, line.table_name), line)


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


def _compare(connection: DuckDBPyConnection, relation: str, line: ExportedTable) -> Iterator[Finding]:
    table = f"{line.table_name} of {line.file_name}"
    rows, content_hash = hash_rows(connection, relation)
    if rows != line.row_count:
        yield Finding("table_has_its_rows", f"{table}: {line.row_count} written, {rows} there")
    elif content_hash != line.content_hash:
        yield Finding("table_is_as_written", table)


def _list_files(tables: Sequence[ExportedTable]) -> list[str]:
    return sorted({table.file_name for table in tables})


SQLITE_CHECKS: tuple[Check, ...] = (check_pages, check_foreign_keys, check_references, check_rows)
