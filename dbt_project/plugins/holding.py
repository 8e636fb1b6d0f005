"""One build at a time on a data directory: a lock from the beginning of a dbt command to its end."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from dbt_project.exporting.errors import ExportError
from extract.lock import describe_holder

LOCK = Path("work", ".lock")
# Apart from the lock, because opening a lock file empties it.
HOLDER = Path("work", ".lock-holder")

# dbt may open its connection more than once in a command.
_held: dict[Path, FileLock] = {}


def hold(data_dir: Path) -> bool:
    """Hold a data directory; return whether it is newly held.

    Raises:
        ExportError: another process holds it, or nothing can be written there.
    """
    if data_dir.resolve() in _held:
        return False
    # Not the thread's own: dbt may end a command in another thread than it has opened its connection in.
    lock = FileLock(data_dir / LOCK, thread_local=False)
    try:
        (data_dir / "work").mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        _held[data_dir.resolve()] = lock
        (data_dir / HOLDER).write_text(describe_holder(), encoding="utf-8")
    except Timeout as error:
        raise ExportError(
            f"{data_dir} is in use by {_name_holder(data_dir)}. Wait until it has ended, or set EVENTHUB_DATA_DIR."
        ) from error
    except OSError as error:
        give_back(data_dir)
        raise ExportError(f"{error.filename or data_dir} cannot be written: {error.strerror}.") from error
    return True


def give_back(data_dir: Path) -> None:
    """Let others hold a data directory; nothing happens if it is not held."""
    if lock := _held.pop(data_dir.resolve(), None):
        lock.release()


def _name_holder(data_dir: Path) -> str:
    try:
        return f"another dbt ({(data_dir / HOLDER).read_text(encoding='utf-8')})"
    except OSError:
        return "another dbt"
