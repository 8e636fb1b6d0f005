"""The real content through the whole of extract, at the `test` volume."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from extract.cli import main
from extract.entities import PULLED
from extract.planning.seeds import Seeds


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    directory = tmp_path_factory.mktemp("landed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EVENTHUB_DATA_DIR", str(directory))
        assert main(["--test"]) == 0
    return {name: pl.read_parquet(directory / "raw" / f"{name}.parquet") for name in (*PULLED, "calls")}


def test_counts_are_exact_and_positions_without_a_gap(landed: dict[str, pl.DataFrame], seeds: Seeds) -> None:
    for entity in PULLED:
        size = seeds.volumes["test"][entity]
        assert landed[entity]["position"].to_list() == list(range(1, size + 1))


def test_natural_keys_are_unique(landed: dict[str, pl.DataFrame]) -> None:
    keys = {
        "venues": "name",
        "events": "title",
        "kb_articles": "title",
        "tickets": "description",
    }

    assert all(landed[entity][key].is_unique().all() for entity, key in keys.items())


def test_no_cell_is_empty(landed: dict[str, pl.DataFrame]) -> None:
    assert all(frame.null_count().sum_horizontal().item() == 0 for frame in landed.values())


def test_events_match_the_categories_of_the_venues(landed: dict[str, pl.DataFrame], seeds: Seeds) -> None:
    hosted = {seeds.event_categories[category] for category in landed["venues"]["category"]}

    assert set(landed["events"]["category"]) <= hosted


def test_every_call_was_accepted_whole(landed: dict[str, pl.DataFrame]) -> None:
    assert landed["calls"]["accepted"].sum() == sum(landed[entity].height for entity in PULLED)


def test_two_runs_land_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    for name in ("first", "second"):
        monkeypatch.setenv("EVENTHUB_DATA_DIR", str(tmp_path / name))
        assert main(["--test"]) == 0
        files.append({path.name: path.read_bytes() for path in (tmp_path / name / "raw").glob("*.parquet")})

    assert {name: files[0][name] == files[1][name] for name in files[0] if name != "calls.parquet"} == {
        f"{entity}.parquet": True for entity in PULLED
    }


def test_growing_from_the_test_volume_keeps_every_landed_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTHUB_DATA_DIR", str(tmp_path))
    assert main(["--test"]) == 0
    small = {entity: pl.read_parquet(tmp_path / "raw" / f"{entity}.parquet") for entity in PULLED}

    assert main(["--count", "users=150", "venues=20", "events=60", "kb_articles=30", "tickets=100"]) == 0

    for entity, frame in small.items():
        assert pl.read_parquet(tmp_path / "raw" / f"{entity}.parquet").head(frame.height).equals(frame)
