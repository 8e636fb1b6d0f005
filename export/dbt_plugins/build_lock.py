"""One build at a time on a data directory: a lock that dies with its process."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from export.errors import ExportError
from extract.lock import describe_holder

LOCK = Path("work", ".lock")
# Apart from the lock, because opening a lock file empties it.
HOLDER = Path("work", ".lock-holder")

# dbt opens its connection more than once; what a process holds, it holds to its end.
_held: dict[Path, FileLock] = {}


def hold(data_dir: Path) -> bool:
    """Hold a data directory until the process ends; return whether it is newly held.

    Raises:
        ExportError: another process holds it, or nothing can be written there.
    """
    if data_dir.resolve() in _held:
        return False
    try:
        (data_dir / "work").mkdir(parents=True, exist_ok=True)
        lock = FileLock(data_dir / LOCK)
        lock.acquire(timeout=0)
        (data_dir / HOLDER).write_text(describe_holder(), encoding="utf-8")
    except Timeout as error:
        raise ExportError(
            f"{data_dir} is in use by {_name_holder(data_dir)}. Wait until it has ended, or set EVENTHUB_DATA_DIR."
        ) from error
    except OSError as error:
        raise ExportError(f"{error.filename or data_dir} cannot be written: {error.strerror}.") from error
    _held[data_dir.resolve()] = lock
    return True


def _name_holder(data_dir: Path) -> str:
    try:
        return f"another dbt ({(data_dir / HOLDER).read_text(encoding='utf-8')})"
    except OSError:
        return "another dbt"
