"""generated/*.jsonl: one object a line."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from export.entity_files import EntityFile, list_entity_files
from export.exported_table import ExportedTable, describe_file
from export.finding import check_bytes
from export.key_check import check_key
from export.source import Source
from export.sql import literal
from export.writers.base import ExportContext, Kind, Writer

# Above so many reservations a line of text each serves nobody, and Parquet takes the place of JSONL.
MOST_RESERVATIONS_AS_JSONL = 1_000_000
JSONL = Kind(name="jsonl", at_most=MOST_RESERVATIONS_AS_JSONL)


class JsonlWriter(Writer):
    """A file for each entity."""

    kind = JSONL
    patterns = ("generated/*.jsonl",)
    checks = (check_bytes, check_key)
    instances = 1
    reads_views = True

    def __init__(self, context: ExportContext) -> None:
        folder = context.data_dir / "generated"
        tables = list_entity_files(context.marts)
        self._paths = {table: context.files.stage(folder / f"{table.name}.jsonl") for table in tables}

    def write(self, source: Source) -> list[ExportedTable]:
        """Write one entity after the other."""
        with source.open("jsonl") as connection:
            return [write_jsonl(connection, table, path) for table, path in self._paths.items()]


def write_jsonl(connection: DuckDBPyConnection, table: EntityFile, path: Path) -> ExportedTable:
    """Write one object a line, in id order."""
    copied = connection.execute(
        f"copy ({table.select()}) to {literal(path)}"
        " (format json, timestampformat '%Y-%m-%dT%H:%M:%S', use_tmp_file false)"
    ).fetchone()
    assert copied is not None  # copy always tells the count
    file_name = f"generated/{table.name}.jsonl"
    return describe_file(path, file_name=file_name, table_name=table.name, row_count=copied[0])
