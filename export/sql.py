"""Small pieces of SQL that every export writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection


def literal(value: object) -> str:
    """Quote a text value, for example a path."""
    return "'" + str(value).replace("'", "''") + "'"


def identifier(*names: str) -> str:
    """Quote a name, or a schema and a name."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def columns_list(columns: Iterable[str]) -> str:
    """Quote the names of columns; `when` needs it."""
    return ", ".join(identifier(column) for column in columns)


# Ids that are words: tables of a few rows.
WORDS = frozenset({"name", "tier"})


def by_number(column: str) -> str:
    """Order ids by their number: r_99999 before r_100000; numbers sort faster than text, too."""
    if column in WORDS:
        return identifier(column)
    return f"try_cast(split_part({identifier(column)}, '_', 2) as bigint)"


def fetch_row(connection: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """Return the one row of an aggregate."""
    row = connection.execute(query).fetchone()
    assert row is not None  # an aggregate always answers
    return row


@contextmanager
def attached(connection: DuckDBPyConnection, path: Path, name: str, options: str) -> Iterator[str]:
    """Attach a database file under a name, and let go of it whatever happens."""
    connection.execute(f"attach {literal(path)} as {identifier(name)} ({options})")
    try:
        yield name
    finally:
        connection.execute(f"detach {identifier(name)}")


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end, or take everything back."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
