"""The answer key belongs to the databases beside it: both name the hash of the same data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from export.exported_table import ExportedTable
from export.finding import Finding
from export.sqlite_checks import open_read_only

DATABASES = ("eventhub.db", "udahub.db")


def check_key(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """Every line of the answer key names the hash of the data that both databases name."""
    for path in (data_dir / table.file_name for table in tables if table.table_name == "ticket_labels"):
        named = _read_hashes(path)
        for database in (data_dir / name for name in DATABASES if (data_dir / name).exists()):
            if wrong := named - {_read_hash(database)}:
                yield Finding(
                    "key_belongs_to_the_data", f"{path.name} is of data {min(wrong)[:12]}, {database.name} not"
                )


def _read_hashes(path: Path) -> set[str]:
    try:
        with path.open(encoding="utf-8") as file:
            return {str(json.loads(line).get("data_hash")) for line in file}
    except (ValueError, AttributeError):  # that the bytes are others is told beside this
        return set()


def _read_hash(database: Path) -> str | None:
    try:
        with closing(open_read_only(database)) as connection:
            row = connection.execute("select data_hash from data_set").fetchone()
    except sqlite3.Error:  # other checks tell what is wrong with the file
        return None
    return str(row[0]) if row else None
