"""A landing at the test volume, pulled once and copied for each test that breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.cli import main

# Opening a lock file changes its time; it holds nothing.
UNSTABLE = (".lock", ".lock-holder")


@pytest.fixture(scope="session")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw directory; tests only read it."""
    directory = tmp_path_factory.mktemp("landed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EVENTHUB_DATA_DIR", str(directory))
        assert main(["--test"]) == 0
    return directory / "raw"


@pytest.fixture
def raw_dir(landed: Path, data_dir: Path) -> Path:
    """A copy of it, in the data directory of this test."""
    shutil.copytree(landed, data_dir / "raw")
    return data_dir / "raw"


def read_files(directory: Path) -> dict[str, bytes]:
    """Read every file under a directory, by relative name."""
    files = (path for path in sorted(directory.rglob("*")) if path.is_file() and path.name not in UNSTABLE)
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}
