"""A disk that is full and one that cannot be written: one line, and the next run goes on where this one stopped."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from extract.cli import main
from extract.entities import PULLED
from extract.landing.check import check_landing
from tests.faults.landing.conftest import read_files
from tests.paths import REPO_ROOT

Mount = Callable[[str], None]


@pytest.fixture
def mount(data_dir: Path) -> Iterator[Mount]:
    """Mount a small disk on the data directory, or mount it anew with other options."""
    data_dir.mkdir()

    def run(options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(data_dir)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only root can mount a disk of its own; the limit on file sizes is tested for everybody")

    yield run
    while os.path.ismount(data_dir):
        subprocess.run(["umount", str(data_dir)], check=True)


def check_landed_as_if_never_stopped(raw_dir: Path, landed: Path) -> None:
    """Compare all but who brought a record: a run that goes on asks in other batches."""
    assert check_landing(raw_dir) is None
    for entity in PULLED:
        got, wanted = (pl.read_parquet(directory / f"{entity}.parquet") for directory in (raw_dir, landed))
        assert got.drop("reply_id").equals(wanted.drop("reply_id"))
    assert not list(raw_dir.glob(".*.part"))


@pytest.mark.parametrize("size", [0, 16, 48, 96, 160, 224])
def test_a_full_disk_is_one_line_and_the_next_run_goes_on(
    mount: Mount, data_dir: Path, landed: Path, capsys: pytest.CaptureFixture[str], size: int
) -> None:
    mount(f"size={size + 4}k")

    assert main(["--test"]) == 1

    error = capsys.readouterr().err
    assert error.startswith("error: ") and error.count("\n") == 1
    assert "No space left on device" in error or "is the disk full?" in error
    mount("remount,size=8m")
    assert main(["--test"]) == 0
    check_landed_as_if_never_stopped(data_dir / "raw", landed)


@pytest.mark.parametrize("limit", [0, 500, 5_000, 15_000])
def test_a_file_that_may_not_grow_is_one_line_and_the_next_run_goes_on(
    data_dir: Path, landed: Path, limit: int
) -> None:
    done = subprocess.run(
        [sys.executable, str(REPO_ROOT / "extract" / "run.py"), "--test"],
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip

    assert done.returncode == 1 and done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
    assert "File too large" in done.stderr or "is the disk full?" in done.stderr
    assert main(["--test"]) == 0
    check_landed_as_if_never_stopped(data_dir / "raw", landed)


def test_a_disk_that_cannot_be_written_is_one_line_and_stays_as_it_was(
    mount: Mount, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mount("size=8m")
    assert main(["--test"]) == 0
    mount("remount,ro")
    before = read_files(data_dir)
    capsys.readouterr()

    assert main(["--count", "users=150"]) == 1

    error = capsys.readouterr().err
    assert "Read-only file system" in error and str(data_dir) in error and error.count("\n") == 1
    assert read_files(data_dir) == before


def test_a_landing_inside_a_file_is_one_line(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data_dir.write_text("a file where a directory should be")

    assert main(["--test"]) == 1

    error = capsys.readouterr().err
    assert "Not a directory" in error and error.count("\n") == 1
    assert data_dir.read_text() == "a file where a directory should be"
