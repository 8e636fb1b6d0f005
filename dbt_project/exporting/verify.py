"""Reads the exported files again and tells whether they are what the build wrote: `make verify`.

For whoever copied, moved or edited them, or had a build killed while files were replaced: nothing is believed that
analytics.exported_files does not say.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from dbt_project.exporting.audit import hash_file, hash_rows
from dbt_project.exporting.errors import ExportError
from dbt_project.exporting.journal import JOURNAL
from dbt_project.exporting.sql import attached, identifier
from dbt_project.exporting.sqlite_files import check_references_across, load_sqlite_extension
from extract.paths import require_data_dir


class Finding(NamedTuple):
    """A check that failed, and at what."""

    check: str
    what: str


class Exported(NamedTuple):
    """A table as analytics.exported_files lists it."""

    file: str
    table: str
    rows: int
    content_hash: str


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


def read_exported(data_dir: Path) -> list[Exported]:
    """Read what the build says it wrote."""
    warehouse = data_dir / "warehouse.duckdb"
    query = "select file_name, table_name, row_count, content_hash from analytics.exported_files order by all"
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return [Exported(*row) for row in connection.execute(query).fetchall()]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ExportError(f"{warehouse} cannot be read: {reason}. Run: dbt build") from error


def check_journal(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """A killed build left files of two builds side by side."""
    if (data_dir / JOURNAL).exists():
        yield Finding("no_replacement_is_unfinished", f"{JOURNAL}; dbt build finishes it")


def check_text_files(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """JSONL and Parquet are byte for byte what was written."""
    for line in exported:
        if not line.file.endswith(".db") and hash_file(data_dir / line.file) != line.content_hash:
            yield Finding("generated_file_is_as_written", line.file)


def check_pages(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """SQLite's own check of every page, constraint and index."""
    for name in _list_databases(exported):
        with closing(open_read_only(data_dir / name)) as connection:
            if (findings := connection.execute("pragma integrity_check").fetchall()) != [("ok",)]:
                yield Finding("database_is_sound", f"{name}: {findings[0][0]}")


def open_read_only(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that nobody is to change."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def check_foreign_keys(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """Every foreign key within a file."""
    for name in _list_databases(exported):
        with closing(open_read_only(data_dir / name)) as connection:
            for table, row, parent, _ in connection.execute("pragma foreign_key_check"):
                yield Finding("foreign_key_points_to_a_row", f"{name}: row {row} of {table} names nothing in {parent}")


def check_references(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """Every key of udahub.db that names a row of eventhub.db."""
    if len(_list_databases(exported)) == 2:
        try:
            check_references_across(data_dir / "eventhub.db", data_dir / "udahub.db")
        except ExportError as error:
            yield Finding("reference_across_points_to_a_row", str(error))


def check_rows(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """Every table of a database has the rows that were written, and their content."""
    with duckdb.connect() as connection:
        load_sqlite_extension(connection)
        for name in _list_databases(exported):
            with attached(connection, data_dir / name, "database", "type sqlite, read_only") as database:
                for line in (line for line in exported if line.file == name):
                    yield from _compare(connection, identifier(database, line.table), line)


def check_rules(data_dir: Path, exported: list[Exported]) -> Iterator[Finding]:
    """The warehouse's rules, counted again from its tables."""
    views = "select view_name from duckdb_views() where schema_name = 'analytics' and view_name like '%_rules'"
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        connection.execute("set enable_progress_bar = false")
        for (view,) in connection.execute(views).fetchall():
            broken = f"select table_name || '.' || rule from analytics.{identifier(view)} where violations > 0"
            yield from (
                Finding("rule_holds_in_the_warehouse", rule) for (rule,) in connection.execute(broken).fetchall()
            )


CHECKS: tuple[Callable[[Path, list[Exported]], Iterator[Finding]], ...] = (
    check_journal,
    check_text_files,
    check_pages,
    check_foreign_keys,
    check_references,
    check_rows,
    check_rules,
)


def _compare(connection: DuckDBPyConnection, relation: str, line: Exported) -> Iterator[Finding]:
    rows, content_hash = hash_rows(connection, relation)
    if rows != line.rows:
        yield Finding("table_has_its_rows", f"{line.table} of {line.file}: {line.rows} written, {rows} there")
    elif content_hash != line.content_hash:
        yield Finding("table_is_as_written", f"{line.table} of {line.file}")


def _list_files(exported: list[Exported]) -> list[str]:
    return sorted({line.file for line in exported})


def _list_databases(exported: list[Exported]) -> list[str]:
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
    sys.exit(main(require_data_dir()))
