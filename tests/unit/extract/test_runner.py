from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from extract.errors import IncompleteEntity, LandingError, LandingLocked, SeedError
from extract.landing.lock import hold_landing
from extract.planning.plan import PlanItem
from extract.pull.pipeline import run
from extract.pull.request import PullRequest
from extract.settings import Settings
from tests.unit.extract.stubs import StubProvider, read_jsonl, write_member

Pull = Callable[..., StubProvider]


def list_positions(raw_dir: Path) -> list[int]:
    return sorted(line["position"] for line in read_jsonl(raw_dir / "records" / "users.jsonl"))


def test_a_pull_lands_every_position_once(pull_users: Pull, raw_dir: Path) -> None:
    provider = pull_users(120)

    assert list_positions(raw_dir) == list(range(1, 121))
    assert [len(request.items) for request in provider.requests] == [50, 50, 20]


def test_growing_pulls_only_what_is_missing(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(60)
    before = read_jsonl(raw_dir / "records" / "users.jsonl")

    provider = pull_users(100)

    assert read_jsonl(raw_dir / "records" / "users.jsonl")[:60] == before
    assert [request.items[0].position for request in provider.requests] == [61]


def test_shrinking_pulls_nothing_and_keeps_what_landed(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(60)

    provider = pull_users(10)

    assert provider.requests == []
    assert len(list_positions(raw_dir)) == 60
    assert json.loads((raw_dir / "manifest.json").read_text())["counts"]["users"] == 10


def test_a_shortfall_is_asked_again_alone(pull_users: Pull, raw_dir: Path) -> None:
    def skip_some_at_first(item: PlanItem, attempt: int) -> dict[str, Any] | None:
        return None if attempt == 1 and item.position % 10 == 0 else write_member(item, attempt)

    provider = pull_users(50, skip_some_at_first)

    assert [(request.attempt, len(request.items)) for request in provider.requests] == [(1, 50), (2, 5)]
    assert list_positions(raw_dir) == list(range(1, 51))


def test_a_provider_that_stays_short_is_stopped_with_the_commonest_reason(pull_users: Pull, raw_dir: Path) -> None:
    def repeat(item: PlanItem, attempt: int) -> dict[str, Any]:
        return {"full_name": "Ann Reyes" if item.position == 1 else "Ann 7"}

    with pytest.raises(IncompleteEntity) as caught:
        pull_users(10, repeat, max_attempts=3)

    assert "users: 9 records are still missing after 3 attempts (positions 2, 3, 4, 5, 6 …)" in str(caught.value)
    assert "full_name: 'Ann 7' is not a name" in str(caught.value)
    assert list_positions(raw_dir) == [1]


def test_attempts_go_on_counting_in_the_next_run(pull_users: Pull) -> None:
    with pytest.raises(IncompleteEntity):
        pull_users(10, lambda item, attempt: None, max_attempts=2)

    provider = pull_users(10)

    assert [request.attempt for request in provider.requests] == [3]


def test_namesakes_are_not_asked_again(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(10)

    def repeat_at_first(item: PlanItem, attempt: int) -> dict[str, Any]:
        twin = PlanItem(item.position - 10, item.stratum, 1)
        return write_member(twin if attempt == 1 else item, attempt)

    provider = pull_users(20, repeat_at_first)

    names = [line["full_name"] for line in read_jsonl(raw_dir / "records" / "users.jsonl")]
    assert (len(names), len(set(names))) == (20, 10)
    assert len(provider.requests) == 1


def test_a_reply_is_stored_before_it_is_judged(
    pull_users: Pull, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("extract.landing.store.validate_batch", crash)
        pull_users(50)
    stored = read_jsonl(raw_dir / "replies" / "users.jsonl")
    provider = pull_users(50)

    assert stored[0]["positions"] == list(range(1, 51))
    assert provider.requests == []
    assert list_positions(raw_dir) == list(range(1, 51))


def test_a_reply_judged_by_half_is_judged_to_its_end(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(50)
    records = raw_dir / "records" / "users.jsonl"
    lines = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(b"".join(lines[:20]) + lines[20][:30])

    provider = pull_users(50)

    assert provider.requests == []
    assert list_positions(raw_dir) == list(range(1, 51))


def test_a_refused_candidate_keeps_its_reason_and_words(pull_users: Pull, raw_dir: Path) -> None:
    def write_badly_at_first(item: PlanItem, attempt: int) -> dict[str, Any]:
        return {"full_name": "Ann 7"} if attempt == 1 else write_member(item, attempt)

    pull_users(1, write_badly_at_first)

    rejects = read_jsonl(raw_dir / "rejects" / "users.jsonl")
    assert [(line["position"], line["reply_id"]) for line in rejects] == [(1, "users-00001-00001-a1")]
    assert rejects[0]["reason"] == "full_name: 'Ann 7' is not a name"
    assert rejects[0]["raw"] == {"n": 1, "full_name": "Ann 7"}


def test_calls_hold_one_row_a_reply(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(60, lambda item, attempt: None if attempt == 1 and item.position == 3 else write_member(item, attempt))

    calls = pl.read_parquet(raw_dir / "calls.parquet")
    assert calls.select("reply_id", "attempt", "accepted", "rejected", "input_tokens", "model").rows() == [
        ("users-00001-00050-a1", 1, 49, 1, 10, "stub-1"),
        ("users-00051-00060-a1", 1, 10, 0, 10, "stub-1"),
        ("users-00003-00003-a2", 2, 1, 0, 10, "stub-1"),
    ]


def test_rewrite_clears_what_it_pulls_and_dates_it_today(
    pull_users: Pull, raw_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull_users(10)
    manifest = json.loads((raw_dir / "manifest.json").read_text())
    (raw_dir / "manifest.json").write_text(json.dumps({**manifest, "as_of": "2020-01-01"}))
    (raw_dir / "records" / "venues.jsonl").write_text("kept")

    provider = pull_users(5, rewrite=True)

    assert [request.attempt for request in provider.requests] == [1]
    assert list_positions(raw_dir) == [1, 2, 3, 4, 5]
    assert json.loads((raw_dir / "manifest.json").read_text())["as_of"] == manifest["as_of"]


def test_as_of_stays_when_more_is_pulled(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(10)
    manifest = json.loads((raw_dir / "manifest.json").read_text())
    (raw_dir / "manifest.json").write_text(json.dumps({**manifest, "as_of": "2020-01-01"}))

    pull_users(20)

    assert json.loads((raw_dir / "manifest.json").read_text())["as_of"] == "2020-01-01"


def test_a_run_with_nothing_to_pull_touches_nothing(
    pull_users: Pull, raw_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pull_users(10)
    before = {path: path.stat().st_mtime_ns for path in raw_dir.rglob("*") if path.is_file()}

    pull_users(10)

    after = {path: path.stat().st_mtime_ns for path in raw_dir.rglob("*") if path.is_file()}
    del before[raw_dir / ".lock"], after[raw_dir / ".lock"]
    assert after == before
    assert "users         10 of 10 landed, nothing to pull" in capsys.readouterr().out


def test_a_lost_parquet_file_is_written_again(pull_users: Pull, raw_dir: Path) -> None:
    pull_users(10)
    first = (raw_dir / "users.parquet").read_bytes()
    (raw_dir / "users.parquet").unlink()

    pull_users(10)

    assert (raw_dir / "users.parquet").read_bytes() == first


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"position": "1"}, "has position='1', which is no int"),
        ({"full_name": 7}, "has full_name=7, which is no str"),
        ({"schema_version": 0}, "has schema_version 0"),
        ({"city": None}, "which is no str"),
        ({"nickname": "Al"}, "has 'nickname', which is no column"),
        ({"position": 1}, "has position 1 again"),
    ],
)
def test_a_record_broken_by_hand_is_named_and_nothing_is_overwritten(
    pull_users: Pull, raw_dir: Path, change: dict[str, Any], problem: str
) -> None:
    pull_users(3)
    records = raw_dir / "records" / "users.jsonl"
    lines = read_jsonl(records)
    lines[1] |= change
    records.write_text("".join(json.dumps(line) + "\n" for line in lines))
    parquet = (raw_dir / "users.parquet").read_bytes()

    with pytest.raises(LandingError, match=f"users.jsonl:2 {problem}|{problem}"):
        pull_users(3)
    assert (raw_dir / "users.parquet").read_bytes() == parquet
    assert read_jsonl(records) == lines


def test_a_second_run_at_once_names_the_first_and_leaves(pull_users: Pull, raw_dir: Path) -> None:
    with (
        hold_landing(raw_dir),
        pytest.raises(LandingLocked, match=rf"is held by another extract \(process {os.getpid()}, since 2"),
    ):
        pull_users(3)


def test_the_landing_is_free_after_a_failure(pull_users: Pull, raw_dir: Path) -> None:
    with pytest.raises(IncompleteEntity):
        pull_users(3, lambda item, attempt: None, max_attempts=1)

    assert pull_users(3).requests


def test_a_slip_in_the_seed_that_is_read_last_is_found_before_the_first_call(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(settings.seeds_dir, tmp_path / "seeds")
    tones = tmp_path / "seeds" / "tones.csv"
    tones.write_text(tones.read_text(encoding="utf-8").replace("polite,20,", "polite,33.4,"), encoding="utf-8")
    monkeypatch.setattr("extract.pull.pipeline.open_provider", lambda settings, seeds: StubProvider(write_member))
    changed = settings.model_copy(update={"seeds_dir": tmp_path / "seeds"})
    with pytest.raises(SeedError, match=r"tones\.csv:2 column weight: '33\.4' is no whole number of 1 or more"):
        run(PullRequest(entities=("users",), counts={"users": 5}), changed)
    assert not changed.data_dir.exists()
