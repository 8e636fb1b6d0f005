"""generated/*.jsonl: one object a line."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from export.entity_files import EntityFile
from export.exported_table import ExportedTable, describe_file
from export.sql import literal


def write_jsonl(connection: DuckDBPyConnection, table: EntityFile, path: Path) -> list[ExportedTable]:
    """Write one object a line, in id order."""
    copied = connection.execute(
        f"copy ({table.select()}) to {literal(path)}"
        " (format json, timestampformat '%Y-%m-%dT%H:%M:%S', use_tmp_file false)"
    ).fetchone()
    assert copied is not None  # copy always tells the count
    file_name = f"generated/{table.name}.jsonl"
    return [describe_file(path, file_name=file_name, table_name=table.name, row_count=copied[0])]
