"""Files are written aside and take the place of the old ones together, when all of them are finished."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from common.atomic_write import flush, name_aside, remove
from export.errors import ExportError
from export.journal import COMPANIONS, Journal, clear_leftovers, finish_killed_publication


class Publication:
    """Finished files and folders that replace their targets when the block ends well, and vanish otherwise."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._pairs: list[tuple[Path, Path]] = []
        self._scratch: list[Path] = []
        self._superseded: list[Path] = []

    def stage(self, target: Path) -> Path:
        """Return the path to write instead of the target.

        Raises:
            ExportError: nothing can be written beside the target.
        """
        temporary = self.stage_scratch(target)
        self._pairs.append((temporary, target))
        return temporary

    def supersede(self, path: Path) -> None:
        """Remove a file or folder once the new ones stand."""
        self._superseded.append(path)

    def stage_scratch(self, target: Path) -> Path:
        """Return a path beside the target that vanishes in any case.

        Raises:
            ExportError: nothing can be written beside the target.
        """
        temporary = name_aside(target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.touch()
            temporary.unlink()
        except OSError as error:
            raise ExportError(f"{target} cannot be written: {error.strerror}. The old files stay.") from error
        self._scratch.append(temporary)
        return temporary

    def __enter__(self) -> Self:
        """Start with no files, after killed builds have been tidied up."""
        finish_killed_publication(self._data_dir)
        clear_leftovers(self._data_dir)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Replace all targets, or remove what was written.

        Raises:
            ExportError: no file was replaced; or one cannot be, and the next build goes on with it.
        """
        waiting: set[Path] = set()
        try:
            if kind is None:
                self._commit()
                waiting = {temporary for temporary, _ in self._pairs}
                finish_killed_publication(self._data_dir)
        finally:
            for temporary in self._scratch:
                for suffix in ("", *COMPANIONS) if temporary not in waiting else COMPANIONS:
                    remove(Path(f"{temporary}{suffix}"))

    def _commit(self) -> None:
        """Bring all new files to the disk, then the journal; from then on they count."""
        try:
            for temporary, _ in self._pairs:
                for path in (*temporary.rglob("*"), temporary):
                    flush(path)
            pairs = [(self._relative(temporary), self._relative(target)) for temporary, target in self._pairs]
            Journal(pairs, [self._relative(path) for path in self._superseded]).write(self._data_dir)
        except OSError as error:
            raise ExportError(f"{error.filename} cannot be written: {error.strerror}. The old files stay.") from error

    def _relative(self, path: Path) -> str:
        return str(path.relative_to(self._data_dir))
