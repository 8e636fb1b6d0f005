"""Where things are: the checkout, and the folder of all outputs, which EVENTHUB_DATA_DIR names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from extract.errors import UsageError

REPO_ROOT = Path(__file__).resolve().parent.parent
SEEDS_DIR = REPO_ROOT / "dbt_project" / "seeds"
DATA_DIR_VARIABLE = "EVENTHUB_DATA_DIR"


def find_data_dir() -> Path:
    """Find the folder of all outputs: what EVENTHUB_DATA_DIR names, or `data` in the checkout.

    Raises:
        UsageError: a build could not work there, whatever its rights.
    """
    path = find_folder(DATA_DIR_VARIABLE, _find_default())
    _check(str(path.absolute()))
    # A relative path with a colon (md:, s3:) would be an address to DuckDB.
    return path.absolute() if ":" in str(path) else path


def find_folder(variable: str, default: Path) -> Path:
    """Find the folder that a variable names: a leading ~ is the home, a relative path starts at the current folder.

    Raises:
        UsageError: there is no such home.
    """
    stated = os.environ.get(variable, "")
    try:
        return Path(stated).expanduser() if stated.strip() else default
    except RuntimeError as error:
        raise UsageError(f"{variable}={stated!r}: there is no such home") from error


def _find_default() -> Path:
    """Return the checkout's own folder, as short as it is called from here."""
    path = REPO_ROOT / "data"
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _check(path: str) -> None:
    """Refuse what an engine cannot open, before anything is made or paid for."""
    try:
        path.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{path!r} is not UTF-8, and DuckDB opens no other path. Set {DATA_DIR_VARIABLE}") from error
    # DuckDB takes the name of its log from what stands before a question mark.
    if "?" in path:
        raise UsageError(f"{path} holds a question mark, which DuckDB allows in no path. Set {DATA_DIR_VARIABLE}")
    # It reads a backslash as one only where nothing else makes the path a pattern.
    if os.sep != "\\" and "\\" in path and ("*" in path or "[" in path):
        raise UsageError(
            f"{path} holds a backslash beside * or [, which DuckDB cannot tell from a pattern. Set {DATA_DIR_VARIABLE}"
        )


def require_data_dir() -> Path:
    """Find the folder of all outputs, for a command: where it cannot be, the process ends with one line."""
    try:
        return find_data_dir()
    except UsageError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    print(require_data_dir())
