"""Files are written aside and take the place of the old ones together, when all of them are finished."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from dbt_project.exporting.errors import ExportError

# What SQLite and DuckDB keep beside a database. Left over by a reader that crashed, it would be played
# back into the new file; a reader that is alive holds its own open and does not miss the name.
COMPANIONS = ("-journal", "-wal", "-shm", ".wal")


class Replacement:
    """A set of finished files that replaces its targets when the block ends well, and vanishes otherwise."""

    def __init__(self) -> None:
        self._pairs: list[tuple[Path, Path]] = []

    def aside(self, target: Path) -> Path:
        """Return the path to write instead of the target, and clear what killed runs have left there.

        One build at a time holds the working database, so every such file is a dead run's.

        Raises:
            ExportError: nothing can be written beside the target.
        """
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for stale in target.parent.glob(f".{target.name}.*.part*"):
                stale.unlink()
            temporary.touch()
            temporary.unlink()
        except OSError as error:
            raise ExportError(f"{target} cannot be written: {error.strerror}. The old files stay.") from error
        self._pairs.append((temporary, target))
        return temporary

    def __enter__(self) -> Self:
        """Start with no files."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Replace all targets, or remove what was written."""
        try:
            if kind is None:
                self._replace()
        finally:
            for temporary, _ in self._pairs:
                for suffix in ("", *COMPANIONS):
                    Path(f"{temporary}{suffix}").unlink(missing_ok=True)

    def _replace(self) -> None:
        try:
            for temporary, _ in self._pairs:
                _flush(temporary)
            for temporary, target in self._pairs:
                for suffix in COMPANIONS:
                    Path(f"{target}{suffix}").unlink(missing_ok=True)
                os.replace(temporary, target)
            for folder in {target.parent for _, target in self._pairs}:
                _flush(folder)
        except OSError as error:
            raise ExportError(f"{error.filename} cannot be replaced: {error.strerror}.") from error


def _flush(path: Path) -> None:
    """Wait until the disk has it, so that a power cut cannot leave a name with nothing behind it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
