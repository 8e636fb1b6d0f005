"""Reads the exported files again and tells whether they are what the build wrote: `make verify`.

For whoever copied, moved or edited them, or had a build killed while files were replaced: nothing is believed that
analytics.exported_files does not say.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from export.content_hash import hash_file, hash_rows
from export.errors import ExportError
from export.exported_table import ExportedTable, read_exported_tables
from export.journal import JOURNAL
from export.sql import attached, identifier
from export.writers.sqlite import check_references_across, load_sqlite_extension


class Finding(NamedTuple):
    """A check that failed, and at what."""

    check: str
    what: str


def verify(data_dir: Path) -> list[Finding]:
    """Run every check on the files of a data directory.

    Raises:
        ExportError: there is no warehouse.duckdb to tell what was written.
    """
    exported = read_exported(data_dir)
    missing = [Finding("file_is_there", name) for name in _list_files(exported) if not (data_dir / name).exists()]
    if missing:
        return missing
    return [finding for check in CHECKS for finding in check(data_dir, exported)]


def read_exported(data_dir: Path) -> list[ExportedTable]:
    """Read what the build says it wrote."""
    warehouse = data_dir / "warehouse.duckdb"
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return read_exported_tables(connection)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ExportError(f"{warehouse} cannot be read: {reason}. Run: dbt build") from error


def check_journal(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """A killed build left files of two builds side by side."""
    if (data_dir / JOURNAL).exists():
        yield Finding("no_replacement_is_unfinished", f"{JOURNAL}; dbt build finishes it")


def check_text_files(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """JSONL and Parquet are byte for byte what was written."""
    for line in exported:
        if not line.file_name.endswith(".db") and hash_file(data_dir / line.file_name) != line.content_hash:
            yield Finding("generated_file_is_as_written", line.file_name)


def check_pages(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """SQLite's own check of every page, constraint and index."""
    for name in _list_databases(exported):
        with closing(sqlite3.connect(f"file:{data_dir / name}?mode=ro", uri=True)) as connection:
            if (findings := connection.execute("pragma integrity_check").fetchall()) != [("ok",)]:
                yield Finding("database_is_sound", f"{name}: {findings[0][0]}")


def check_foreign_keys(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """Every foreign key within a file."""
    for name in _list_databases(exported):
        with closing(sqlite3.connect(f"file:{data_dir / name}?mode=ro", uri=True)) as connection:
            for table, row, parent, _ in connection.execute("pragma foreign_key_check"):
                yield Finding("foreign_key_points_to_a_row", f"{name}: row {row} of {table} names nothing in {parent}")


def check_references(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """Every key of udahub.db that names a row of eventhub.db."""
    if len(_list_databases(exported)) == 2:
        try:
            check_references_across(data_dir / "eventhub.db", data_dir / "udahub.db")
        except ExportError as error:
            yield Finding("reference_across_points_to_a_row", str(error))


def check_rows(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """Every table of a database has the rows that were written, and their content."""
    with duckdb.connect() as connection:
        load_sqlite_extension(connection)
        for name in _list_databases(exported):
            with attached(connection, data_dir / name, "database", "type sqlite, read_only") as database:
                for line in (line for line in exported if line.file_name == name):
                    yield from _compare(connection, identifier(database, line.table_name), line)


def check_rules(data_dir: Path, exported: list[ExportedTable]) -> Iterator[Finding]:
    """The warehouse's rules, counted again from its tables."""
    views = "select view_name from duckdb_views() where schema_name = 'analytics' and view_name like '%_rules'"
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        connection.execute("set enable_progress_bar = false")
        for (view,) in connection.execute(views).fetchall():
            broken = f"select table_name || '.' || rule from analytics.{identifier(view)} where violations > 0"
            yield from (
                Finding("rule_holds_in_the_warehouse", rule) for (rule,) in connection.execute(broken).fetchall()
            )


CHECKS: tuple[Callable[[Path, list[ExportedTable]], Iterator[Finding]], ...] = (
    check_journal,
    check_text_files,
    check_pages,
    check_foreign_keys,
    check_references,
    check_rows,
    check_rules,
)


def _compare(connection: DuckDBPyConnection, relation: str, line: ExportedTable) -> Iterator[Finding]:
    table = f"{line.table_name} of {line.file_name}"
    rows, content_hash = hash_rows(connection, relation)
    if rows != line.row_count:
        yield Finding("table_has_its_rows", f"{table}: {line.row_count} written, {rows} there")
    elif content_hash != line.content_hash:
        yield Finding("table_is_as_written", table)


def _list_files(exported: list[ExportedTable]) -> list[str]:
    return sorted({line.file_name for line in exported})


def _list_databases(exported: list[ExportedTable]) -> list[str]:
    return [name for name in _list_files(exported) if name.endswith(".db")]


def main(data_dir: Path) -> int:
    """Print the findings; return the exit code."""
    try:
        findings = verify(data_dir)
    except ExportError as error:
        findings = [Finding("warehouse_can_be_read", str(error))]
    for finding in findings:
        sys.stderr.write(f"{finding.check}: {finding.what}\n")
    if not findings:
        sys.stdout.write(f"{data_dir}: every file is as the build wrote it, and every rule holds.\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(Path(os.environ.get("EVENTHUB_DATA_DIR", "data"))))
