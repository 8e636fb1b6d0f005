from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extract.entities import COUNTED
from extract.errors import LandingError, UsageError
from extract.landing.jsonl import SCHEMA_VERSION
from extract.landing.manifest import Manifest, read_manifest, write_manifest
from extract.landing.replace import replace_file
from extract.planning.seeds import Seeds
from extract.pull.request import choose_counts, name_volume

MANIFEST = Manifest(as_of=date(2026, 3, 1), seed=42, volume="test", counts={"users": 100})


@pytest.fixture
def volumes(seeds: Seeds) -> dict[str, dict[str, int]]:
    return seeds.volumes


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_manifest(tmp_path / "manifest.json", MANIFEST)

    assert read_manifest(tmp_path / "manifest.json") == MANIFEST
    assert json.loads((tmp_path / "manifest.json").read_text())["as_of"] == "2026-03-01"


def test_a_manifest_that_says_the_same_is_not_touched(tmp_path: Path) -> None:
    write_manifest(tmp_path / "manifest.json", MANIFEST)
    before = (tmp_path / "manifest.json").stat().st_mtime_ns

    write_manifest(tmp_path / "manifest.json", MANIFEST)

    assert (tmp_path / "manifest.json").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is not JSON"),
        ("[]", "file: Input should be an object"),
        ('{"schema_version": 1}', "as_of: Field required"),
        (
            '{"schema_version": 9, "as_of": "2026-03-01", "seed": 1, "volume": "test", "counts": {}}',
            f"schema_version 9; this extract reads {SCHEMA_VERSION}. A newer extract wrote it",
        ),
        (
            '{"schema_version": 1, "as_of": "0001-01-01", "seed": 1, "volume": "test", "counts": {}}',
            "as_of: Input should be greater than or equal to 1900-01-01",
        ),
        (
            '{"schema_version": 1, "as_of": "2026-03-01", "seed": "1", "volume": "test", "counts": {}}',
            "seed: Input should be a valid integer",
        ),
        (
            '{"schema_version": 1, "as_of": "2026-03-01", "seed": 1, "volume": "x", "counts": {"users": -5}}',
            "counts.users: Input should be greater than or equal to 1",
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(LandingError, match=problem):
        read_manifest(tmp_path / "manifest.json")


def test_a_fresh_landing_starts_from_the_volume_for_all_entities(volumes: dict[str, dict[str, int]]) -> None:
    assert choose_counts(volumes, None, entities=COUNTED, volume=None, counts={}) == volumes["full"]
    assert choose_counts(volumes, None, entities=["users"], volume="test", counts={}) == volumes["test"]


def test_later_only_the_entities_of_the_run_change(volumes: dict[str, dict[str, int]]) -> None:
    counts = choose_counts(volumes, volumes["full"], entities=["users"], volume="test", counts={})

    assert counts == {**volumes["full"], "users": 100}


def test_without_a_volume_the_remembered_counts_hold(volumes: dict[str, dict[str, int]]) -> None:
    remembered = {**volumes["test"], "users": 7}

    assert choose_counts(volumes, remembered, entities=COUNTED, volume=None, counts={}) == remembered


def test_a_single_count_wins(volumes: dict[str, dict[str, int]]) -> None:
    counts = choose_counts(volumes, None, entities=COUNTED, volume="test", counts={"reservations": 50})

    assert counts == {**volumes["test"], "reservations": 50}
    assert name_volume(volumes, counts) == "custom"
    assert name_volume(volumes, volumes["portfolio"]) == "portfolio"


def test_a_count_of_an_entity_outside_the_run_is_refused(volumes: dict[str, dict[str, int]]) -> None:
    with pytest.raises(UsageError, match="venues are not part of this run"):
        choose_counts(volumes, None, entities=["users"], volume=None, counts={"venues": 5})


def test_a_file_is_replaced_at_once_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")

    replace_file(tmp_path / "file", b"new")

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("file", "new")]
