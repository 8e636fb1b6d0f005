"""Files of the landing that are replaced at once, so that dbt never reads a half of one."""

from __future__ import annotations

from pathlib import Path

from common.atomic_write import write_atomically
from extract.errors import LandingError


def replace_file(path: Path, data: bytes) -> None:
    """Write a file anew.

    Raises:
        LandingError: it cannot be written; the old one stays.
    """
    try:
        write_atomically(path, data)
    except OSError as error:
        raise LandingError(f"{path} cannot be written: {error.strerror}. The old one stays.") from error
