"""Hashes of content: of a table, whatever the order of its rows, and of a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from duckdb import DuckDBPyConnection


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
