"""One extract at a time: a lock on the landing that dies with its process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from extract.errors import LandingLocked
from extract.replacing import replace_file, sweep

LOCK_FILE = ".lock"
# Apart from the lock, because opening a lock file empties it.
HOLDER_FILE = ".lock-holder"


@contextmanager
def hold_landing(raw_dir: Path) -> Iterator[None]:
    """Hold the landing while the block runs.

    Raises:
        LandingLocked: another process holds it; the error names it.
    """
    raw_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(raw_dir / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LandingLocked(raw_dir, _read_holder(raw_dir)) from error
    holder = raw_dir / HOLDER_FILE
    try:
        sweep(raw_dir)
        replace_file(holder, describe_holder().encode())
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def describe_holder() -> str:
    """Say which process holds a lock, and since when: what the next one is told."""
    return f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _read_holder(raw_dir: Path) -> str:
    try:
        return f"another extract ({(raw_dir / HOLDER_FILE).read_text(encoding='utf-8')})"
    except OSError:
        return "another extract"
