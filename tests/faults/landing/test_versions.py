"""Landings of every version: a frozen one of each is read as it was written, and an older one is brought up to date."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from extract.cli import main
from extract.entities import PULLED, get_entity
from extract.landing import jsonl
from extract.landing.check import check_landing
from extract.landing.jsonl import SCHEMA_VERSION
from extract.landing.store import FOLDERS
from extract.planning.seeds import Seeds
from extract.settings import Settings
from tests.pipeline.commands import run_dbt

# v1 was pulled from the local Bedrock server, with repeats and one call that timed out; never renew it.
SAMPLES = sorted(path for path in Path(__file__).parent.glob("v*") if path.is_dir())
FILES = (*PULLED, "calls")
Line = dict[str, Any]


def read_frames(raw_dir: Path) -> dict[str, pl.DataFrame]:
    return {name: pl.read_parquet(raw_dir / f"{name}.parquet") for name in FILES}


def is_as_frozen(made: pl.DataFrame, frozen: pl.DataFrame, name: str) -> bool:
    """Compare the columns that were landed then, and are today."""
    added = get_entity(name).added_columns if name in PULLED else {}
    kept = made.drop(added)
    return kept.equals(frozen.select(kept.columns))


def test_there_is_a_sample_of_each_version() -> None:
    assert [path.name for path in SAMPLES] == [f"v{version}" for version in range(1, SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_frozen_landing_is_read_and_grown(data_dir: Path, capsys: pytest.CaptureFixture[str], sample: Path) -> None:
    shutil.copytree(sample, data_dir / "raw")
    before = read_frames(data_dir / "raw")

    assert main([]) == 0
    assert capsys.readouterr().out.count("nothing to pull") == len(PULLED)
    assert main(["users", "--count", "users=20"]) == 0

    assert check_landing(data_dir / "raw") is None
    after = read_frames(data_dir / "raw")
    assert after["users"].height == 20
    assert after["users"].head(12).equals(before["users"].select(after["users"].columns))
    assert all(is_as_frozen(after[entity], before[entity], entity) for entity in PULLED[1:])
    moods = set(after["tickets"]["mood"])
    assert moods == {""} if sample.name == "v1" else "" not in moods


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_parquet_files_are_made_again_from_the_frozen_lines(data_dir: Path, sample: Path) -> None:
    shutil.copytree(sample, data_dir / "raw", ignore=shutil.ignore_patterns("*.parquet", "fingerprints.json"))

    assert main([]) == 0

    made, frozen = read_frames(data_dir / "raw"), read_frames(sample)
    assert all(is_as_frozen(made[name], frozen[name], name) for name in FILES)


def test_dbt_reads_what_was_landed_before_mood_and_question(data_dir: Path) -> None:
    """Sentiment goes by the tone then, and support asks in words that fit all."""
    shutil.copytree(SAMPLES[0], data_dir / "raw")

    assert main([]) == 0
    assert check_landing(data_dir / "raw") is None
    ran = run_dbt(data_dir, "build", "--select", "+stg_tickets")

    assert ran.returncode == 0, ran.stdout[-3000:]
    with duckdb.connect(str(data_dir / "work" / "warehouse.duckdb"), read_only=True) as warehouse:
        texts = warehouse.execute("select category, tone, mood, question from staging.stg_tickets").fetchall()
    seeds = Seeds(Settings().seeds_dir)
    assert texts and all(
        (mood, question) == (_find_mood(category, seeds.tones[tone].sentiment), None)
        for category, tone, mood, question in texts
    )


def _find_mood(category: str, sentiment: str) -> str:
    return "neutral" if (category, sentiment) == ("complaint", "positive") else sentiment


def write_as_version_0(raw_dir: Path) -> None:
    """Make of a landing of version 1 one that might have been before it: other names, no Parquet."""
    for path in raw_dir.glob("*.parquet"):
        path.unlink()
    for folder in FOLDERS:
        for path in (raw_dir / folder).glob("*.jsonl"):
            lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            path.write_text("".join(json.dumps(_lower(folder, line)) + "\n" for line in lines), encoding="utf-8")
    manifest = json.loads((raw_dir / "manifest.json").read_text())
    (raw_dir / "manifest.json").write_text(json.dumps(_lower("manifest", manifest)))


def _lower(kind: str, line: Line) -> Line:
    renamed = {"manifest": "as_of", "records": "position", "replies": "text"}.get(kind)
    return {f"old_{name}" if name == renamed else name: value for name, value in {**line, "schema_version": 0}.items()}


def _raise(kind: str, line: Line) -> Line:
    return {name.removeprefix("old_"): value for name, value in line.items()}


def test_an_older_landing_is_refused_without_a_way_up(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SAMPLES[-1], data_dir / "raw")
    write_as_version_0(data_dir / "raw")

    assert main([]) == 1

    said = f"manifest.json has schema_version 0; this extract reads {SCHEMA_VERSION}. Restore it"
    assert said in capsys.readouterr().err


def test_an_older_landing_is_brought_up_to_date_line_by_line(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SAMPLES[-1], data_dir / "raw")
    write_as_version_0(data_dir / "raw")
    monkeypatch.setitem(jsonl.UPGRADES, 0, _raise)

    assert main([]) == 0

    made, frozen = read_frames(data_dir / "raw"), read_frames(SAMPLES[-1])
    assert all(is_as_frozen(made[name], frozen[name], name) for name in FILES)
    assert json.loads((data_dir / "raw" / "manifest.json").read_text())["schema_version"] == SCHEMA_VERSION
    assert check_landing(data_dir / "raw") is None
