"""Memory and disk for sorting: what the caller's DuckDB may use is shared out among all that the export opens."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

import duckdb
from duckdb import DuckDBPyConnection

from export.sql import fetch_row, literal

UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


@dataclass(frozen=True, kw_only=True)
class Resources:
    """What the working database runs with.

    Attributes:
        memory_bytes: of the caller's instance.
        temp_directory: where it spills.
        threads: of each instance.
        instances: how many work at once, the caller's included.
    """

    memory_bytes: int
    temp_directory: str
    threads: int
    instances: int

    @classmethod
    def of(cls, connection: DuckDBPyConnection, *, instances: int) -> Self:
        """Read the settings of a connection."""
        memory, temp_directory, threads = fetch_row(
            connection,
            "select current_setting('memory_limit'), current_setting('temp_directory'), current_setting('threads')",
        )
        return cls(
            memory_bytes=parse_bytes(memory), temp_directory=temp_directory, threads=threads, instances=instances
        )

    @property
    def share(self) -> str:
        """One instance's part of the memory, as DuckDB reads it."""
        return f"{self.memory_bytes // self.instances}B"

    @contextmanager
    def lower(self, connection: DuckDBPyConnection, *, at_work: int) -> Iterator[None]:
        """Leave the caller's instance what others do not need yet, so that it lets go of what else it holds in memory.

        Args:
            connection: of the caller's instance.
            at_work: how many others work already.
        """
        kept = self.memory_bytes * (self.instances - at_work) // self.instances
        with suppress(duckdb.OutOfMemoryException):  # more is in use this moment; then it keeps that
            connection.execute(f"set memory_limit = '{kept}B'")
        try:
            yield
        finally:
            connection.execute(f"set memory_limit = '{self.memory_bytes}B'")

    @contextmanager
    def open_copy(self, warehouse: Path, purpose: str) -> Iterator[DuckDBPyConnection]:
        """Read a finished warehouse through an instance that shares nothing with another.

        A spill directory of its own, too: DuckDB names the files there alike in every instance.
        """
        spill = f"{self.temp_directory}-{purpose}"
        shutil.rmtree(spill, ignore_errors=True)  # a killed run's
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.share,
            "temp_directory": spill,
            "threads": self.threads,
        }
        with duckdb.connect(config=config) as connection:
            connection.execute(f"attach {literal(warehouse)} as warehouse (read_only)")
            connection.execute("use warehouse")
            yield connection


def parse_bytes(size: str) -> int:
    """Read a size as DuckDB prints it: '7.4 GiB'."""
    match = re.fullmatch(r"([\d.]+) (bytes|[KMGT]iB)", size)
    assert match, size
    return int(float(match[1]) * UNITS[match[2]])


class _SortingPlace:
    """Where SQLite sorts: one place for the process, which must not change while anybody works with SQLite."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0

    def take(self, folder: Path) -> None:
        """Set it for the first who comes; who comes later sorts there, too."""
        with self._lock:
            if self._users == 0:
                _set_sorting_place(str(folder))
            self._users += 1

    def leave(self) -> None:
        """Give it up when the last has gone."""
        with self._lock:
            self._users -= 1
            if self._users == 0:
                _set_sorting_place("")


def _set_sorting_place(folder: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"pragma temp_store_directory = {literal(folder)}")


_SORTING_PLACE = _SortingPlace()


@contextmanager
def sqlite_sorts_in(folder: Path) -> Iterator[None]:
    """Let SQLite sort its indexes beside the data, where there is room, instead of in /var/tmp.

    Every writer that works with SQLite does so in here: the setting is the process's, and SQLite crashes where one
    thread changes it while another reads it. A SQLite built without it keeps to /var/tmp.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _SORTING_PLACE.take(folder)
    try:
        yield
    finally:
        _SORTING_PLACE.leave()
