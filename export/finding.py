"""What a check of the exported files finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from export.content_hash import hash_file
from export.exported_table import ExportedTable


class Finding(NamedTuple):
    """A check that failed, and at what."""

    check: str
    what: str


# Reads files of a data directory again; the tables are those that their writer has listed.
Check = Callable[[Path, Sequence[ExportedTable]], Iterator[Finding]]


def check_bytes(data_dir: Path, tables: Sequence[ExportedTable]) -> Iterator[Finding]:
    """JSONL and Parquet are byte for byte what was written."""
    for table in tables:
        if hash_file(data_dir / table.file_name) != table.content_hash:
            yield Finding("generated_file_is_as_written", table.file_name)
