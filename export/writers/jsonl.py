"""generated/*.jsonl: one object a line."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from export.content_hash import ExportedTable, hash_file
from export.entity_files import WideTable
from export.sql import literal


def write_jsonl(connection: DuckDBPyConnection, table: WideTable, path: Path) -> list[ExportedTable]:
    """Write one object a line, in id order."""
    copied = connection.execute(
        f"copy ({table.select()}) to {literal(path)}"
        " (format json, timestampformat '%Y-%m-%dT%H:%M:%S', use_tmp_file false)"
    ).fetchone()
    assert copied is not None  # copy always tells the count
    file_name = f"generated/{table.name}.jsonl"
    return [ExportedTable(file_name, table.name, copied[0], hash_file(path), path.stat().st_size)]
