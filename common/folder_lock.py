"""One process at a time works on a folder; another one is told which."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from common.atomic_write import write_atomically

LOCK_FILE = ".lock"
# Apart from the lock, because opening a lock file empties it.
HOLDER_FILE = ".lock-holder"


class FolderLocked(Exception):
    """Another process has the lock.

    Attributes:
        holder: which one, and since when; empty if it did not say.
    """

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(f"{folder} is locked by {holder or 'another process'}")
        self.holder = holder

    def name_holder(self, program: str) -> str:
        """Name the holder, which runs a program such as dbt: `another dbt (process 4711, since …)`."""
        return f"another {program} ({self.holder})" if self.holder else f"another {program}"


class FolderLock:
    """A lock of the operating system's, which goes when its process dies, or nobody refers to this object any more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Not the thread's own: another thread than the one that has acquired it may release it.
        self._lock = FileLock(folder / LOCK_FILE, thread_local=False)

    def acquire(self) -> None:
        """Take the lock, and make the folder where it is missing.

        Raises:
            FolderLocked: another process has it.
            OSError: nothing can be written in the folder.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise FolderLocked(self._folder, _read_holder(self._folder)) from error
        try:
            write_atomically(self._folder / HOLDER_FILE, _describe_this_process().encode())
        except OSError:
            self._lock.release()
            raise

    def release(self) -> None:
        """Let others have it."""
        (self._folder / HOLDER_FILE).unlink(missing_ok=True)
        self._lock.release()


def _describe_this_process() -> str:
    return f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _read_holder(folder: Path) -> str:
    try:
        return (folder / HOLDER_FILE).read_text(encoding="utf-8")
    except OSError:
        return ""
