"""One process at a time has a folder; the next one is told which, and gets it when that one dies."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.folder_lock import FolderLock, FolderLocked
from tests.paths import REPO_ROOT

HOLD = """
import sys
from pathlib import Path
from common.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the folder."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPO_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_holder_is_named_and_its_death_frees_the_folder(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    with pytest.raises(FolderLocked) as refused:
        FolderLock(tmp_path).acquire()
    assert re.fullmatch(rf"another dbt \(process {holder.pid}, since [-0-9: ]+ UTC\)", refused.value.name_holder("dbt"))
    holder.kill()
    holder.wait()
    FolderLock(tmp_path).acquire()


def test_a_holder_that_did_not_say_who_it_is_has_no_name(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    (tmp_path / ".lock-holder").unlink()
    with pytest.raises(FolderLocked, match="another process") as refused:
        FolderLock(tmp_path).acquire()
    assert refused.value.name_holder("extract") == "another extract"


def test_a_lock_is_released_from_any_thread_and_leaves_no_name(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "new")
    lock.acquire()
    with pytest.raises(FolderLocked):
        FolderLock(tmp_path / "new").acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    assert not (tmp_path / "new" / ".lock-holder").exists()
    FolderLock(tmp_path / "new").acquire()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(OSError, match="Not a directory") as refused:
        FolderLock(tmp_path / "data" / "work").acquire()
    assert str(tmp_path / "data") in str(refused.value.filename)
