"""Where the outputs go: whatever a folder is called, but where an engine could not open it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.paths import REPO_ROOT, find_data_dir
from extract.settings import load_settings


@pytest.fixture
def stated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Nothing is stated, in a folder that is not the checkout."""
    monkeypatch.delenv("EVENTHUB_DATA_DIR")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return monkeypatch


@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_without_a_word_it_is_the_checkouts_own_folder_from_wherever_it_is_called(
    stated: pytest.MonkeyPatch, nothing: str | None
) -> None:
    if nothing is not None:
        stated.setenv("EVENTHUB_DATA_DIR", nothing)
    assert find_data_dir() == REPO_ROOT / "data"
    stated.chdir(REPO_ROOT)
    assert find_data_dir() == Path("data")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("~", "home"),
        ("~/a b", "home/a b"),
        ("relative/", "relative"),
        ("md:x", "md:x"),
        ("s3://bucket", "s3:/bucket"),
        ("it's #1 of 100%25 {x} ~", "it's #1 of 100%25 {x} ~"),
        ("a*[b]", "a*[b]"),
        ("back\\slash", "back\\slash"),
    ],
)
def test_a_name_is_taken_letter_by_letter(stated: pytest.MonkeyPatch, tmp_path: Path, value: str, found: str) -> None:
    stated.setenv("EVENTHUB_DATA_DIR", value)
    assert find_data_dir().absolute() == tmp_path / found


def test_an_address_of_duckdb_is_a_folder_here(stated: pytest.MonkeyPatch) -> None:
    stated.setenv("EVENTHUB_DATA_DIR", "md:x")
    assert find_data_dir().is_absolute()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("what?", "what\\? holds a question mark, which DuckDB allows in no path"),
        ("a*\\b", "holds a backslash beside \\* or \\["),
        ("\udcff", "is not UTF-8"),
        ("~nobody-of-this-name/data", "there is no such home"),
    ],
)
def test_what_an_engine_cannot_open_is_refused_before_any_work(
    stated: pytest.MonkeyPatch, tmp_path: Path, value: str, problem: str
) -> None:
    stated.setenv("EVENTHUB_DATA_DIR", value)
    with pytest.raises(UsageError, match=problem) as raised:
        load_settings()
    assert "\n" not in str(raised.value)
    command = [sys.executable, "-m", "extract.paths"]
    done = subprocess.run(command, cwd=REPO_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
    assert not any(tmp_path.iterdir())


def test_the_other_folders_know_a_home_too(stated: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stated.setenv("EVENTHUB_SEEDS_DIR", "~/seeds")
    assert load_settings().seeds_dir == tmp_path / "home" / "seeds"
