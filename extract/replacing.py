"""Files that are written aside and put in place at once, so that no reader meets a half of one."""

from __future__ import annotations

import os
from pathlib import Path

from extract.errors import LandingError


def replace_file(path: Path, data: bytes) -> None:
    """Write a file aside and put it in place at once.

    Raises:
        LandingError: it cannot be written; the old one stays.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        raise LandingError(f"{path} cannot be written: {error.strerror}. The old one stays.") from error
    finally:
        aside.unlink(missing_ok=True)


def sweep(directory: Path) -> None:
    """Remove what killed runs have left aside; whoever calls holds the directory."""
    for stale in directory.glob(".*.tmp"):
        stale.unlink()
