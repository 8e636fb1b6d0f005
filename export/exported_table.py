"""A line of analytics.exported_files: one table of an exported file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from export.content_hash import hash_file

COLUMNS = "file_name varchar, table_name varchar, row_count bigint, content_hash varchar, byte_count bigint"


@dataclass(frozen=True, kw_only=True)
class ExportedTable:
    """What was written.

    Attributes:
        file_name: relative to the data directory.
        table_name: the table of a database, or the entity that a file of rows holds.
        row_count: rows of the table in this file.
        content_hash: equal for equal content.
        byte_count: size of the whole file.
    """

    file_name: str
    table_name: str
    row_count: int
    content_hash: str
    byte_count: int


def describe_file(path: Path, *, file_name: str, table_name: str, row_count: int) -> ExportedTable:
    """Return the line of a finished file of rows; `path` is where it lies now, `file_name` what it will be called."""
    return ExportedTable(
        file_name=file_name,
        table_name=table_name,
        row_count=row_count,
        content_hash=hash_file(path),
        byte_count=path.stat().st_size,
    )


def read_exported_tables(warehouse: DuckDBPyConnection) -> list[ExportedTable]:
    """Read what the build that made a warehouse says it wrote, by file and table."""
    cursor = warehouse.execute("from analytics.exported_files order by all")
    names = [column[0] for column in cursor.description or ()]
    return [ExportedTable(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
