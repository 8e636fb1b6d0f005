"""kill -9 before every single change that a run makes to the landing, not only at random moments."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from extract.cli import main
from extract.entities import PULLED
from extract.landing.check import check_landing
from tests.faults.landing.conftest import read_files
from tests.paths import REPO_ROOT

pytestmark = pytest.mark.early

CRASH = Path(__file__).with_name("crash.py")


def crash(number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CRASH), str(number), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def count_changes(*arguments: str) -> int:
    done = crash(0, *arguments)
    counted = re.search(r"^changes: (\d+)$", done.stdout, re.M)
    assert done.returncode == 0 and counted, done.stderr
    return int(counted[1])


def check_what_is_visible(raw_dir: Path) -> None:
    for path in raw_dir.glob("*.parquet"):
        pl.read_parquet(path)
    for path in raw_dir.glob("*.json"):
        json.loads(path.read_bytes())


def check_the_next_run(raw_dir: Path, landed: Path) -> None:
    """Run to the end: all is there as if nothing had happened, each position once."""
    assert main(["--test"]) == 0
    assert check_landing(raw_dir) is None
    for entity in PULLED:
        lines = (raw_dir / "records" / f"{entity}.jsonl").read_bytes().splitlines()
        got, wanted = (pl.read_parquet(directory / f"{entity}.parquet") for directory in (raw_dir, landed))
        assert len(lines) == wanted.height and got.drop("reply_id").equals(wanted.drop("reply_id"))
    assert not [name for name in read_files(raw_dir) if name.endswith(".part")]


def crash_at(numbers: range, raw_dir: Path, landed: Path) -> None:
    for number in numbers:
        shutil.rmtree(raw_dir.parent, ignore_errors=True)
        assert crash(number, "--test").returncode == -signal.SIGKILL
        check_what_is_visible(raw_dir)
        check_the_next_run(raw_dir, landed)


def test_a_run_killed_before_one_change_in_many_is_resumed(data_dir: Path, landed: Path) -> None:
    count = count_changes("--test")
    assert count > 40

    crash_at(range(2, count + 1, count // 5), data_dir / "raw", landed)


# The kernel ends a process that writes beyond the limit, in the middle of the file; Python would rather not be.
DIE = f"""
import resource, signal, sys
sys.path.insert(0, {str(REPO_ROOT)!r})
from extract.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))
sys.exit(main(["venues", "--test"]))
"""


@pytest.mark.parametrize(("limit", "half"), [(200, ".manifest.json"), (4_000, ".venues.parquet")])
def test_a_run_killed_in_the_middle_of_a_file_shows_nothing_of_it(
    data_dir: Path, landed: Path, limit: int, half: str
) -> None:
    raw_dir = data_dir / "raw"
    died = subprocess.run([sys.executable, "-c", DIE, str(limit)], capture_output=True, check=False)

    assert died.returncode == -signal.SIGXFSZ
    assert [path.stat().st_size for path in raw_dir.glob(f"{half}.*.part")] == [limit]
    assert not (raw_dir / half.removeprefix(".")).exists()
    check_what_is_visible(raw_dir)
    check_the_next_run(raw_dir, landed)


@pytest.mark.long
def test_a_run_killed_before_any_change_is_resumed(data_dir: Path, landed: Path) -> None:
    count = count_changes("--test")

    crash_at(range(1, count + 1), data_dir / "raw", landed)

    print(f"\nkilled before each of {count} changes of the landing")


@pytest.mark.long
def test_a_rewrite_killed_before_any_change_leaves_dbt_something_whole(raw_dir: Path, landed: Path) -> None:
    count = count_changes("--test", "--rewrite")
    for number in range(1, count + 1):
        assert crash(number, "--test", "--rewrite").returncode == -signal.SIGKILL
        assert check_landing(raw_dir) is None
        check_the_next_run(raw_dir, landed)
