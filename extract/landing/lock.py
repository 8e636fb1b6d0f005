"""One extract at a time on a landing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common.atomic_write import remove_leftovers
from common.folder_lock import FolderLock, FolderLocked
from extract.errors import LandingLocked


@contextmanager
def hold_landing(raw_dir: Path) -> Iterator[None]:
    """Hold the landing while the block runs.

    Raises:
        LandingLocked: another process holds it; the error names it.
    """
    lock = FolderLock(raw_dir)
    try:
        lock.acquire()
    except FolderLocked as error:
        raise LandingLocked(raw_dir, error.name_holder("extract")) from error
    try:
        remove_leftovers(raw_dir)
        yield
    finally:
        lock.release()
