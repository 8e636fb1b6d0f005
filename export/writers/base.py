"""What the export asks of a format. A new one is a subclass of Writer in a file of its own, and a line in WRITERS.

An instance serves one export, in this order:

    __init__   plans: asks for a path for each file it will write
    prepare    while the working database is copied, of which it has a cursor: does what takes time and needs no file
    write      all writers at once, each from a connection of its own: fills the files of rows
    finish     when all rows are written: fills the files that tell of them
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import ClassVar

from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable
from export.finding import Check
from export.publish import Publication
from export.source import Source


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A word of the var `exports`, and the numbers of reservations at which it is written without being asked for.

    Without numbers it is written at every size; with `at_most=-1` only when it is asked for.
    """

    name: str
    more_than: int = -1
    at_most: int | None = None

    def is_default(self, reservations: int) -> bool:
        """Tell whether a set of so many reservations gets it."""
        return self.more_than < reservations and (self.at_most is None or reservations <= self.at_most)


@dataclass(frozen=True, kw_only=True)
class ExportContext:
    """What every writer of an export is given.

    Attributes:
        marts: sees the marts of the working database.
        files: gives a path to write instead of each target, and puts all in place together.
        data_dir: where the targets are.
        reservations: how many there are.
        rows_per_file: a table with more becomes several files, where a format knows that.
    """

    marts: DuckDBPyConnection
    files: Publication
    data_dir: Path
    reservations: int
    rows_per_file: int


class Writer:
    """A format. Methods that it has no use for stay as they are here.

    Attributes:
        kind: what switches it on; formats that describe another one share its kind.
        patterns: what it leaves in the data directory; where its kind is off, files like these are an earlier build's.
        checks: what `make verify` runs on these files.
        instances: how many DuckDB instances `write` opens at the same time.
        needs_copy: whether its source must be a copy.
        reads_views: whether its source may have wide entities as views; then it begins before these are written.
        copy: where it wants a copy of the working database, which then is every writer's source.
    """

    kind: ClassVar[Kind]
    patterns: ClassVar[tuple[str, ...]] = ()
    checks: ClassVar[tuple[Check, ...]] = ()
    instances: ClassVar[int] = 0
    needs_copy: ClassVar[bool] = False
    reads_views: ClassVar[bool] = False
    copy: Path | None = None

    @classmethod
    def has_written(cls, table: ExportedTable) -> bool:
        """Tell whether a table's file is one of this format."""
        path = PurePosixPath(table.file_name)  # `match` alone begins at the end: eventhub.db is in every folder
        return any(path.match(p) and len(path.parts) == len(PurePosixPath(p).parts) for p in cls.patterns)

    def __init__(self, context: ExportContext) -> None:
        """Plan the files."""

    def prepare(self, marts: DuckDBPyConnection) -> None:
        """Do what takes time and needs no file yet."""

    def write(self, source: Source) -> list[ExportedTable]:
        """Write the files of rows; return a line a table of each."""
        return []

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Write what tells of the tables of all writers."""
