"""Reads the exported files again and tells whether they are what the build wrote: `make verify`.

For those who copied, moved or edited them, or had a build killed while files were replaced: nothing is believed that
analytics.exported_files does not say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from export.errors import ExportError
from export.exported_table import ExportedTable, read_exported_tables
from export.finding import Check, Finding, check_bytes
from export.journal import JOURNAL
from export.writers import WRITERS
from export.writers.warehouse import are_rules_counted_again
from extract.paths import require_data_dir


def verify(data_dir: Path) -> list[Finding]:
    """Run every check on the files of a data directory.

    Raises:
        ExportError: there is no warehouse.duckdb to tell what was written.
    """
    tables = read_exported(data_dir)
    names = sorted({table.file_name for table in tables})
    if missing := [Finding("file_is_there", name) for name in names if not (data_dir / name).exists()]:
        return missing
    return [finding for check, own in choose_checks(tables) for finding in check(data_dir, own)]


def read_exported(data_dir: Path) -> list[ExportedTable]:
    """Read what the build says it wrote."""
    warehouse = data_dir / "warehouse.duckdb"
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return read_exported_tables(connection)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ExportError(f"{warehouse} cannot be read: {reason}. Run: dbt build") from error


def choose_checks(tables: Sequence[ExportedTable]) -> Iterator[tuple[Check, Sequence[ExportedTable]]]:
    """Give each check the tables of its writer; of a file that no writer knows, the bytes are compared."""
    yield check_journal, tables
    for writer in WRITERS:
        own = [table for table in tables if writer.has_written(table)]
        yield from ((check, own) for check in writer.checks)
    yield check_bytes, [table for table in tables if not any(writer.has_written(table) for writer in WRITERS)]


def check_journal(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """A killed build left files of two builds side by side."""
    if (data_dir / JOURNAL).exists():
        yield Finding("no_replacement_is_unfinished", f"{JOURNAL}; dbt build finishes it")


CHECKS = (check_journal, *dict.fromkeys(check for writer in WRITERS for check in writer.checks))


def describe_rules(data_dir: Path) -> str:
    """Say what is known of the rules where none is broken."""
    if are_rules_counted_again(data_dir):
        return "every rule holds"
    return "every rule held when Spark counted them (they are tables here, which cannot be counted again)"


def main(data_dir: Path) -> int:
    """Print the findings; return the exit code."""
    try:
        findings = verify(data_dir)
    except ExportError as error:
        findings = [Finding("warehouse_can_be_read", str(error))]
    for finding in findings:
        sys.stderr.write(f"{finding.check}: {finding.what}\n")
    if not findings:
        sys.stdout.write(f"{data_dir}: every file is as the build wrote it, and {describe_rules(data_dir)}.\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(require_data_dir()))
