"""A read-only checkout with a quote in its name is built from another folder into one of an odder name.

It is pulled anew and built on one thread, so that no second build has to show that both give the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from export.summary import summarise
from export.verify import verify
from tests.paths import CASES, REPO_ROOT
from tests.pipeline.commands import AS_OF
from tests.pipeline.machine.checkout import copy_checkout, list_files, run, run_dbt, say, set_writable
from tests.pipeline.machine.spreadsheet import save_as_spreadsheet
from tests.pipeline.reproducible.hashes import hash_files, read_built

CHECKOUT = 'it\'s a "check#out" of 100%25'
DATA = "d'a\"t#a%25 {name} {{ x }} $HOME & ; ü,é [a-z] * x=1 (y) ~"


class Built(NamedTuple):
    """Where things are, and what a build has said."""

    checkout: Path
    data_dir: Path
    files_before: set[str]
    said: str


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A build by somebody who may write in the data directory alone."""
    folder = tmp_path_factory.mktemp("elsewhere")
    checkout = copy_checkout(folder / CHECKOUT)
    # DuckDB would read this one, too, if the name were a pattern.
    data_dir, like_it = folder / DATA, folder / DATA.replace("[a-z]", "a").replace("*", "star")
    like_it.mkdir()
    files_before = list_files(checkout)
    set_writable(checkout, is_writable=False)
    try:
        pulled = run([sys.executable, str(checkout / "extract" / "run.py"), "--test"], folder, EVENTHUB_DATA_DIR=DATA)
        (like_it / "raw").symlink_to(data_dir / "raw")
        words = ["build", "--vars", f"{{as_of: {AS_OF}}}", "--exclude-resource-type", "unit_test", "--threads", "1"]
        built = run_dbt(checkout, folder, *words, EVENTHUB_DATA_DIR=str(data_dir), EVENTHUB_THREADS="1")
        yield Built(checkout, data_dir, files_before, say(pulled) + say(built))
    finally:
        set_writable(checkout, is_writable=True)


def test_it_is_built_without_a_word_of_trouble(elsewhere: Built) -> None:
    assert "rror" not in elsewhere.said and "arning" not in elsewhere.said, elsewhere.said
    assert verify(elsewhere.data_dir) == []
    assert dict(summarise(elsewhere.data_dir))["checks"].endswith(" 0 violations")


def test_all_that_is_written_lies_in_the_data_directory(elsewhere: Built) -> None:
    assert list_files(elsewhere.checkout) == elsewhere.files_before
    for name in ("target/manifest.json", "logs/dbt.log", "seeds/shares.csv", "warehouse.duckdb"):
        assert (elsewhere.data_dir / "work" / name).is_file()


def test_the_same_bytes_as_in_an_ordinary_place_on_more_threads(elsewhere: Built, built: Path) -> None:
    assert hash_files(elsewhere.data_dir) == hash_files(built)
    assert read_built(elsewhere.data_dir) == read_built(built)


def test_the_working_database_is_read_from_any_folder(
    elsewhere: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(str(elsewhere.data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) from staging.stg_users").fetchone() == (100,)


@pytest.fixture(scope="module")
def copy(elsewhere: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another checkout, whose seeds a spreadsheet has saved, and with other shares of events."""
    checkout = copy_checkout(tmp_path_factory.mktemp("copy") / "checkout")
    seeds = checkout / "dbt_project" / "seeds"
    for path in (elsewhere.checkout / "dbt_project" / "seeds").glob("*.csv"):
        save_as_spreadsheet(path, seeds / path.name)
    change_shares(checkout, {'"20","soldout"': '"40","soldout"', '"70","active","1"': '"50","active","1"'})
    return checkout


def change_shares(checkout: Path, changes: dict[str, str]) -> None:
    """Change the text of shares.csv."""
    path = checkout / "dbt_project" / "seeds" / "shares.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8", newline="\n")


def read_seeds(data_dir: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read all seeds as dbt has loaded them."""
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as connection:
        query = "select table_name from duckdb_tables() where schema_name = 'seeds'"
        names = [name for (name,) in connection.execute(query).fetchall()]
        return {name: connection.execute(f"from seeds.{name}").fetchall() for name in names}


def test_a_copied_checkout_loads_its_own_seeds_as_a_spreadsheet_has_saved_them(elsewhere: Built, copy: Path) -> None:
    before = read_seeds(elsewhere.data_dir)
    # What dbt remembers of the first checkout lies in the data directory.
    result = run_dbt(copy, copy.parent, "seed", EVENTHUB_DATA_DIR=str(elsewhere.data_dir))
    assert result.returncode == 0, say(result)
    after = read_seeds(elsewhere.data_dir)
    changed = {(row[2], row[3]) for row in set(after["shares"]) - set(before["shares"])}
    assert changed == {("active", 50), ("soldout", 40)}
    assert {name for name in before if before[name] != after[name]} == {"shares"}


def test_a_share_that_is_no_whole_percent_is_refused_by_both_sides(elsewhere: Built, copy: Path) -> None:
    change_shares(copy, {'"40","soldout"': '"33.4","soldout"'})
    problem = "shares.csv:22 column share: '33.4' is no whole number from 0 to 100"
    data_dir = str(elsewhere.data_dir)
    dbt = run_dbt(copy, copy.parent, "seed", EVENTHUB_DATA_DIR=data_dir)
    pull = [sys.executable, str(copy / "extract" / "run.py"), "--dry-run"]
    extract = run(pull, copy.parent, EVENTHUB_DATA_DIR=data_dir)
    for result in (dbt, extract):
        assert result.returncode != 0 and problem in say(result) and "Traceback" not in say(result)


@pytest.mark.long
@pytest.mark.skipif(not (REPO_ROOT / ".venv").exists() or not shutil.which("sqlite3"), reason="needs .venv and sqlite3")
def test_the_case_of_a_copied_checkout(tmp_path: Path) -> None:
    case = CASES / "copied_checkout.sh"
    done = run(["sh", str(case), str(REPO_ROOT), str(tmp_path / "work")], tmp_path)
    assert "percent of 20: 4 (right: 4)" in done.stdout, say(done)
