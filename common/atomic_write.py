"""Files that are written aside and put in place at once, so that no reader meets a half of one."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import nullcontext, suppress
from pathlib import Path

# .users.parquet.4711.part, and what a database keeps beside such a file; .tmp is an earlier version's.
LEFTOVER = re.compile(r"\..+\.\d+\.(part|tmp).*")


def name_aside(target: Path) -> Path:
    """Return the path that this process writes before it takes the target's place."""
    return target.with_name(f".{target.name}.{os.getpid()}.part")


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file aside and put it in place at once.

    Raises:
        OSError: the path cannot be written; the old file stays.
    """
    aside = name_aside(path)
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        aside.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes have left aside; the caller must be the only one that writes there."""
    for path in folder.glob(".*"):
        if LEFTOVER.fullmatch(path.name):
            remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until the disk has it, so that a power cut cannot leave a name with nothing behind it.

    Not every system opens a folder, nor does every file system wait for one; there names reach the disk by themselves.
    """
    with suppress(OSError) if path.is_dir() else nullcontext():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
