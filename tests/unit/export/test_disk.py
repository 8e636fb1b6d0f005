"""A disk that is full, and one that cannot be written: one line, and every old file as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from export.errors import ExportError
from export.run import export_all
from export.verify import verify
from tests.unit.export.conftest import Exported
from tests.unit.export.test_run import hash_files

pytestmark = pytest.mark.faults

Mount = Callable[[str], None]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Where files are exported to; the working database is elsewhere."""
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture
def mount(disk: Path) -> Iterator[Mount]:
    """Mount a small disk there, or mount it anew with other options."""

    def run(options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only root can mount a disk of its own; a limit on file sizes is tested for everybody")

    yield run
    while os.path.ismount(disk):
        subprocess.run(["umount", str(disk)], check=True)


def put(exported_once: Exported, disk: Path) -> dict[str, str]:
    """Put there what an export has left; give the hashes of its files."""
    shutil.copytree(exported_once.data_dir, disk, ignore=shutil.ignore_patterns("work"), dirs_exist_ok=True)
    return hash_files(disk)


@pytest.mark.parametrize("free_bytes", [0, 2**14, 2**17, 2**20])
def test_a_full_disk_is_one_line_and_the_next_export_goes_through(
    marts: DuckDBPyConnection, exported_once: Exported, disk: Path, mount: Mount, free_bytes: int
) -> None:
    mount("size=64m")
    before = put(exported_once, disk)
    marts.execute("update main.users set full_name = 'Changed'")
    used = os.statvfs(disk)
    (disk / "filler").write_bytes(b"0" * (used.f_bavail * used.f_frsize - free_bytes))
    with pytest.raises(ExportError, match="The old files stay") as failure:
        export_all(marts.cursor(), disk)
    assert str(failure.value).count("\n") == 0
    (disk / "filler").unlink()
    assert hash_files(disk) == before
    export_all(marts.cursor(), disk)
    assert verify(disk) == [] and hash_files(disk) != before


def test_a_disk_that_cannot_be_written_is_one_line(
    marts: DuckDBPyConnection, exported_once: Exported, disk: Path, mount: Mount
) -> None:
    mount("size=64m")
    before = put(exported_once, disk)
    mount("remount,ro")
    with pytest.raises(ExportError, match=r"disk/.*: Read-only file system.*The old files stay\.$") as failure:
        export_all(marts.cursor(), disk)
    assert str(failure.value).count("\n") == 0
    assert hash_files(disk) == before
