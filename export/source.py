"""Where a writer's rows come from: the caller's transaction, or a copy that any number of instances can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from duckdb import DuckDBPyConnection

from export.resources import Resources


class Source(Protocol):
    """All that is read from it shows the same moment."""

    def open(self, purpose: str) -> AbstractContextManager[DuckDBPyConnection]:
        """Open a connection that sees the marts; two of one source need two purposes, which name their spill."""


@dataclass(frozen=True)
class OpenTransaction:
    """A transaction on the caller's connection; one writer at a time reads from it."""

    connection: DuckDBPyConnection

    @contextmanager
    def open(self, purpose: str) -> Iterator[DuckDBPyConnection]:
        """Return the connection itself."""
        yield self.connection


@dataclass(frozen=True)
class DatabaseCopy:
    """A finished copy of the working database, read by DuckDB instances that share nothing with the caller's."""

    path: Path
    resources: Resources

    def open(self, purpose: str) -> AbstractContextManager[DuckDBPyConnection]:
        """Open an instance of its own."""
        return self.resources.open_copy(self.path, purpose)
