"""Killed at any moment: every file is whole and of one build, and the next run makes them all of the new one."""

from __future__ import annotations

import random
import time
from pathlib import Path

import duckdb
import pytest

from tests.faults.killing import Moment, is_replacing, kill_build, list_leftovers, name_builds
from tests.pipeline.commands import AS_OF, copy_built, run_dbt

pytestmark = pytest.mark.early

EXPORT = ("--select", "exported_files")
# Two worlds from one landing, so that a file shows which build made it.
WORLDS = tuple(("--vars", f"{{as_of: 2026-06-01, seed: {seed}}}") for seed in (42, 7))


@pytest.fixture
def copied(built: Path, tmp_path: Path) -> Path:
    """A finished build whose working database has one row changed since."""
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb")) as connection:
        connection.execute("update udahub.knowledge set content = 'Changed. ' || content")
        connection.execute("update main.kb_articles set content = 'Changed. ' || content")
    return data_dir


def test_killed_between_two_files_the_next_run_finishes(copied: Path) -> None:
    before = name_builds(copied)
    assert kill_build(copied, Moment("replacing", 0.2), *EXPORT)
    assert is_replacing(copied) and list_leftovers(copied)
    assert name_builds(copied).keys() == before.keys()
    # What is changed but JSONL is what the killed one had made.
    result = run_dbt(copied, "build", "--quiet", *EXPORT, "--vars", f"{{as_of: {AS_OF}, exports: [jsonl]}}")
    assert result.returncode == 0, result.stdout
    assert "A killed build had not put all its files in place; now they are." in result.stderr
    after = name_builds(copied)
    changed = {file for file in before if before[file] != after[file]}
    assert changed == {"generated/kb_articles.jsonl", "udahub.db", "warehouse.duckdb"}
    assert not list_leftovers(copied)


def choose_moments(build_seconds: float, export_seconds: float, seed: int = 20) -> list[Moment]:
    """Choose twenty moments: eight anywhere in a build, eight in the export, four in the replacing of its files."""
    rng = random.Random(seed)
    anywhere = [Moment("build", rng.uniform(0, build_seconds)) for _ in range(8)]
    exporting = [Moment("export", rng.uniform(0, export_seconds)) for _ in range(8)]
    return [*anywhere, *exporting, *(Moment("replacing", rng.uniform(0, 0.5)) for _ in range(4))]


@pytest.mark.long
def test_twenty_kills(built: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    copy_built(built, data_dir)
    marks = [name_builds(data_dir)]
    began = time.monotonic()
    assert run_dbt(data_dir, "build", "--quiet", *WORLDS[1]).returncode == 0
    build_seconds = time.monotonic() - began
    marks.append(name_builds(data_dir))
    killed = mixed = 0
    for number, moment in enumerate(choose_moments(build_seconds, build_seconds / 8)):
        new, old = number % 2, (number + 1) % 2
        killed += kill_build(data_dir, moment, *WORLDS[new])
        standing = name_builds(data_dir)
        assert all(mark in (marks[old][file], marks[new][file]) for file, mark in standing.items()), moment
        mixed += standing not in marks
        assert mixed == 0 or standing in marks or is_replacing(data_dir), moment
        result = run_dbt(data_dir, "build", "--quiet", *WORLDS[new])
        assert result.returncode == 0, (moment, result.stdout)
        assert name_builds(data_dir) == marks[new] and not list_leftovers(data_dir), moment
    print(f"\n20 builds: {killed} killed before their end, {mixed} of them between two moves of files")
    assert killed >= 15 and mixed >= 2, (killed, mixed)
