"""What was exported: a line a table, with a hash of its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class ExportedTable:
    """A table in an exported file; `byte_count` is the whole file's."""

    file_name: str
    table_name: str
    row_count: int
    content_hash: str
    byte_count: int


def hash_rows(connection: DuckDBPyConnection, relation: str) -> tuple[int, str]:
    """Count a table's rows and hash them: equal for equal rows, whatever their order or the file's pages.

    The md5 of each row, as JSON with its column names, is added up in two halves (sums need no order and
    no memory); the hash is the sha256 of count and sums.
    """
    query = f"""
        with digests as (select md5_number(to_json(t)::varchar) as digest from {relation} as t)
        select
            count(*),
            coalesce(sum((digest & 18446744073709551615)::ubigint), 0),
            coalesce(sum((digest >> 64)::ubigint), 0)
        from digests
    """
    row = connection.execute(query).fetchone()
    assert row is not None  # an aggregate always answers
    return row[0], hashlib.sha256(":".join(map(str, row)).encode()).hexdigest()


def hash_file(path: Path) -> str:
    """Return what `sha256sum` prints for the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
