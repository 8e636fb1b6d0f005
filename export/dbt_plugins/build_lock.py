"""One build at a time on a data directory: a lock from the beginning of a dbt command to its end."""

from __future__ import annotations

from pathlib import Path

from common.folder_lock import FolderLock, FolderLocked
from export.errors import ExportError

# dbt may open its connection more than once in a command.
_held: dict[Path, FolderLock] = {}


def hold(data_dir: Path) -> bool:
    """Hold a data directory; return whether it is newly held.

    Raises:
        ExportError: another process holds it, or nothing can be written there.
    """
    if data_dir.resolve() in _held:
        return False
    lock = FolderLock(data_dir / "work")
    try:
        lock.acquire()
    except FolderLocked as error:
        raise ExportError(
            f"{data_dir} is in use by {error.name_holder('dbt')}. Wait until it has ended, or set EVENTHUB_DATA_DIR."
        ) from error
    except OSError as error:
        raise ExportError(f"{error.filename or data_dir} cannot be written: {error.strerror}.") from error
    _held[data_dir.resolve()] = lock
    return True


def give_back(data_dir: Path) -> None:
    """Let others hold a data directory; nothing happens if it is not held."""
    if lock := _held.pop(data_dir.resolve(), None):
        lock.release()
