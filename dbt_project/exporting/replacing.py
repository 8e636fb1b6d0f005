"""Files are written aside and take the place of the old ones together, when all of them are finished."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from dbt_project.exporting.errors import ExportError

# What SQLite and DuckDB keep beside a database. Left over by a reader that crashed, it would be played
# back into the new file; a reader that is alive holds its own open and does not miss the name.
COMPANIONS = ("-journal", "-wal", "-shm", ".wal")
# A folder cannot take the place of a full one: the old one steps aside under this name first.
OLD = "-old"


class Replacement:
    """Finished files and folders that replace their targets when the block ends well, and vanish otherwise."""

    def __init__(self) -> None:
        self._pairs: list[tuple[Path, Path]] = []
        self._scratch: list[Path] = []
        self._superseded: list[Path] = []

    def aside(self, target: Path) -> Path:
        """Return the path to write instead of the target.

        Raises:
            ExportError: nothing can be written beside the target.
        """
        temporary = self.scratch(target)
        self._pairs.append((temporary, target))
        return temporary

    def supersede(self, path: Path) -> None:
        """Remove a file or folder once the new ones stand."""
        self._superseded.append(path)

    def scratch(self, target: Path) -> Path:
        """Return a path beside the target that vanishes in any case, and clear what killed runs have left there.

        One build at a time holds the working database, so every such file is a dead run's.

        Raises:
            ExportError: nothing can be written beside the target.
        """
        temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for stale in target.parent.glob(f".{target.name}.[0-9]*.part*"):
                if stale.name.endswith(OLD) and not target.exists():
                    os.replace(stale, target)
                _remove(stale)
            temporary.touch()
            temporary.unlink()
        except OSError as error:
            raise ExportError(f"{target} cannot be written: {error.strerror}. The old files stay.") from error
        self._scratch.append(temporary)
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
            for temporary in self._scratch:
                for suffix in ("", OLD, *COMPANIONS):
                    _remove(Path(f"{temporary}{suffix}"))

    def _replace(self) -> None:
        try:
            for temporary, _ in self._pairs:
                for path in (*temporary.glob("*"), temporary):
                    _flush(path)
            for temporary, target in self._pairs:
                for suffix in COMPANIONS:
                    Path(f"{target}{suffix}").unlink(missing_ok=True)
                _put(temporary, target)
            for folder in {target.parent for _, target in self._pairs}:
                _flush(folder)
            for path in self._superseded:
                _remove(path)
        except OSError as error:
            raise ExportError(f"{error.filename} cannot be replaced: {error.strerror}.") from error


def _put(temporary: Path, target: Path) -> None:
    if not (temporary.is_dir() and target.is_dir()):
        os.replace(temporary, target)
        return
    old = Path(f"{temporary}{OLD}")
    os.replace(target, old)
    try:
        os.replace(temporary, target)
    except OSError:
        os.replace(old, target)
        raise


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Wait until the disk has it, so that a power cut cannot leave a name with nothing behind it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
