"""`make run` on a finished build sees that there is nothing to do, whatever the data directory is called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from export.freshness import fingerprint, is_fresh, note_build
from tests.paths import REPO_ROOT
from tests.pipeline.commands import copy_built
from tools.clean import clean

NAME = 'it\'s a "folder" of $HOME; 100%25 #1 & (more)'


def make(*words: str, data_dir: str) -> subprocess.CompletedProcess[str]:
    """Run make with the Python of the tests, which needs no setting up."""
    words = ("--old-file=.venv/run.ok", f"BIN={Path(sys.executable).parent}", f"PYTHON={sys.executable}", *words)
    environment = {**os.environ, "EVENTHUB_DATA_DIR": data_dir}
    return subprocess.run(["make", *words], cwd=REPO_ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def noted(built: Path, tmp_path: Path) -> Path:
    """A finished build as make leaves it."""
    data_dir = tmp_path / NAME
    copy_built(built, data_dir)
    note_build(data_dir, fingerprint(data_dir))
    return data_dir


def test_make_run_takes_any_name(noted: Path) -> None:
    done = make("run", data_dir=str(noted))
    assert done.returncode == 0, done.stderr
    assert "Nothing to build" in done.stdout and f"where   {noted}/eventhub.db" in done.stdout


def test_clean_leaves_what_was_pulled(noted: Path, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    for name in (".gitignore", "dbt.log"):
        (tmp_path / "logs" / name).touch()
    clean(noted, tmp_path)
    assert [path.name for path in noted.iterdir()] == ["raw"]
    assert [path.name for path in (tmp_path / "logs").iterdir()] == [".gitignore"]
    assert "tools/clean.py" in make("--dry-run", "clean", data_dir=str(noted)).stdout


def test_a_home_is_no_folder_of_that_name(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(noted.parent))
    done = make("verify", data_dir=f"~/{NAME}")
    assert done.returncode == 0, done.stderr
    assert not (REPO_ROOT / "~").exists()


def test_what_no_engine_can_open_ends_make_with_one_line(tmp_path: Path) -> None:
    done = make("run", data_dir=str(tmp_path / "what?"))
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {tmp_path}/what? holds a question mark") and "Traceback" not in done.stderr
    assert not any(tmp_path.iterdir())


def test_a_build_is_fresh_until_something_that_it_was_made_from_changes(noted: Path) -> None:
    assert is_fresh(noted)
    users = noted / "raw" / "users.parquet"
    os.utime(users, (0, 0))  # a copy has other times, and the same content
    assert is_fresh(noted)
    users.write_bytes(users.read_bytes() + b" ")
    assert not is_fresh(noted)


@pytest.mark.parametrize("name", ["eventhub.db", "generated", "work/warehouse.duckdb", "work/built"])
def test_a_build_that_lacks_a_file_is_not_fresh(noted: Path, name: str) -> None:
    (noted / name).rename(noted / "gone")
    assert not is_fresh(noted)


def test_a_build_whose_replacement_was_killed_is_not_fresh(noted: Path) -> None:
    (noted / "work" / "replacing.json").touch()
    assert not is_fresh(noted)


def test_a_changed_seed_makes_a_build_stale(noted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(REPO_ROOT / "dbt_project" / "seeds", tmp_path / "seeds")
    monkeypatch.setenv("EVENTHUB_SEEDS_DIR", str(tmp_path / "seeds"))
    assert is_fresh(noted)
    (tmp_path / "seeds" / "tones.csv").write_text("tone\n")
    assert not is_fresh(noted)
