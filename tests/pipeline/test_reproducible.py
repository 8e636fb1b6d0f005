"""Same inputs, same bytes; another seed or day, another world by the same rules."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.commands import run_dbt


def copy_raw(built: Path, directory: Path) -> Path:
    """A data directory with the same landing and nothing built."""
    shutil.copytree(built / "raw", directory / "raw")
    return directory


def hash_files(data_dir: Path) -> dict[str, str]:
    files = [*sorted((data_dir / "generated").glob("*.jsonl")), data_dir / "data_card.html"]
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


def hash_tables(data_dir: Path) -> list[tuple[str, ...]]:
    query = "select file_name, table_name, content_hash from analytics.exported_files order by all"
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_another_build_on_one_thread_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = copy_raw(built, tmp_path / "again")
    result = run_dbt(again, "build", "--quiet", threads=1)
    assert result.returncode == 0, result.stdout
    assert hash_files(again) == hash_files(built)
    assert hash_tables(again) == hash_tables(built)


@pytest.mark.parametrize("variables", ["{seed: 7, as_of: 2026-06-01}", "{as_of: 2027-03-01}"])
def test_another_world_keeps_every_rule(built: Path, tmp_path: Path, variables: str) -> None:
    other = copy_raw(built, tmp_path / "other")
    result = run_dbt(other, "build", "--quiet", "--vars", variables)
    assert result.returncode == 0, result.stdout
    assert hash_files(other)["reservations.jsonl"] != hash_files(built)["reservations.jsonl"]
