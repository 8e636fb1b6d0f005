"""Files that each run of the command line reads anew, and that no test changes: read once for all runs of a process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import JSONFileLoader

from extract.planning import seeds
from extract.planning.seed_checks import Rows

Key = tuple[str, int, int, int]

_READ_ROWS = seeds.read_rows
_LOAD = JSONFileLoader.load_file
_ROWS: dict[Key, Rows] = {}
_LOADED: dict[Key, Any] = {}


def read_files_once(patched: pytest.MonkeyPatch) -> None:
    """Keep the rows of seeds, and what botocore knows of AWS: reading both takes most of a short run."""
    patched.setattr(seeds, "read_rows", _read_rows)
    patched.setattr(JSONFileLoader, "load_file", _load_file)


def _find_key(path: Path) -> Key:
    """A file that is changed or replaced is another one."""
    known = path.stat()
    return str(path), known.st_ino, known.st_size, known.st_mtime_ns


def _read_rows(path: Path) -> Rows:
    if not path.is_file():
        return _READ_ROWS(path)
    key = _find_key(path)
    if key not in _ROWS:
        _ROWS[key] = _READ_ROWS(path)
    return [(number, dict(cells)) for number, cells in _ROWS[key]]


def _load_file(loader: JSONFileLoader, file_path: str) -> Any:
    """Load a file as botocore names it: without what its name ends in."""
    paths = [path for ending in (".json", ".json.gz") if (path := Path(f"{file_path}{ending}")).is_file()]
    if not paths:
        return _LOAD(loader, file_path)
    key = _find_key(paths[0])
    if key not in _LOADED:
        _LOADED[key] = _LOAD(loader, file_path)
    return _LOADED[key]
