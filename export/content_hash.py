"""Hashes of content: of a table, whatever the order of its rows, and of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection


def hash_rows(connection: DuckDBPyConnection, relation: str) -> tuple[int, str]:
    """Count a table's rows and hash them: equal for equal rows, whatever their order or the file's pages.

    The md5 of each row, as JSON with its column names, is added up in two halves (sums need no order and
    no memory); the hash is the sha256 of count and sums.
    """
    rows, content_hash, _ = hash_and_find(connection, relation, [])
    return rows, content_hash


def hash_and_find(
    connection: DuckDBPyConnection, relation: str, wanted: Sequence[str]
) -> tuple[int, str, list[tuple[int, Any]]]:
    """Count and hash the rows, and look for something else while each is read.

    Args:
        connection: sees the table.
        relation: the table, which the expressions call t.
        wanted: expressions that are null for a row unless it is looked for.

    Returns:
        The number of rows, their hash, and for each expression how many rows it is not null for, and its least value.
    """
    expressions = "".join(f", {expression} as wanted_{number}" for number, expression in enumerate(wanted))
    found = "".join(f", count(wanted_{number}), min(wanted_{number})" for number in range(len(wanted)))
    query = f"""
        with digests as (select md5_number(to_json(t)::varchar) as digest{expressions} from {relation} as t)
        select
            count(*),
            coalesce(sum((digest & 18446744073709551615)::ubigint), 0),
            coalesce(sum((digest >> 64)::ubigint), 0)
            {found}
        from digests
    """
    row = connection.execute(query).fetchone()
    assert row is not None  # an aggregate always answers
    content_hash = hashlib.sha256(":".join(map(str, row[:3])).encode()).hexdigest()
    return row[0], content_hash, list(zip(row[3::2], row[4::2], strict=True))


def hash_file(path: Path) -> str:
    """Return what `sha256sum` prints for the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
