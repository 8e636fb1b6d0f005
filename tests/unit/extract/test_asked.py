from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from extract.entities import COUNTED
from extract.errors import MissingUpstream, SeedError, UsageError
from extract.landing.manifest import Manifest
from extract.planning.seeds import Seeds
from extract.pull.jobs import find_jobs
from extract.pull.pipeline import open_run
from extract.pull.request import PullRequest, choose_entities, settle_target
from extract.settings import Settings

LANDED = Manifest(as_of=date(2026, 3, 1), seed=42, seeds={"users": 42, "venues": 7}, volume="test", counts={})
REFUSED = [
    (PullRequest(entities=("cats",)), "unknown entity 'cats'; entities are: users, venues"),
    (PullRequest(skip=("cats",)), "unknown entity 'cats'"),
    (PullRequest(entities=("users",), skip=("users",)), "nothing is left to pull"),
    (PullRequest(volume="huge"), "unknown volume 'huge'; volumes are: full, portfolio, test"),
    (PullRequest(counts={"users": 0}), "--count users=0: a count is at least 1"),
    (PullRequest(counts={"users": -5}), "--count users=-5"),
    (PullRequest(counts={"users": 10**9}), "at most 1000000"),
    (PullRequest(entities=("users",), seed=7), "users were landed with seed 42"),
]


@pytest.mark.parametrize(
    ("named", "skipped", "chosen"),
    [
        ([], [], COUNTED),
        (["tickets", "events", "users"], [], ("users", "events", "tickets")),
        ([], ["users", "venues"], tuple(name for name in COUNTED if name not in ("users", "venues"))),
        (["venues", "venues"], [], ("venues",)),
    ],
)
def test_entities_come_in_dependency_order(named: Sequence[str], skipped: Sequence[str], chosen: tuple[str]) -> None:
    assert choose_entities(named, skipped) == chosen


@pytest.mark.parametrize(("pull_request", "problem"), REFUSED)
def test_what_cannot_be_meant_is_refused(
    pull_request: PullRequest, problem: str, settings: Settings, seeds: Seeds
) -> None:
    with pytest.raises(UsageError, match=problem):
        settle_target(pull_request, settings, seeds, LANDED)


@pytest.mark.parametrize(
    ("name", "line", "problem"),
    [
        ("volumes", "test,venues,8\n", "volumes.csv has no row of volume test for venues"),
        ("batch_sizes", "venues,10\n", "batch_sizes.csv has no row for venues"),
    ],
)
def test_an_entity_without_its_numbers_is_named(
    name: str, line: str, problem: str, settings: Settings, seeds: Seeds, tmp_path: Path
) -> None:
    copy = Path(copytree(seeds.directory, tmp_path / "seeds"))
    whole = (copy / f"{name}.csv").read_text()
    (copy / f"{name}.csv").write_text(whole.replace(line, ""))
    assert line in whole
    with pytest.raises(SeedError, match=problem):
        settle_target(PullRequest(volume="test"), settings, Seeds(copy), None)


def test_the_seed_of_a_landing_is_remembered_by_entity(settings: Settings, seeds: Seeds) -> None:
    target = settle_target(PullRequest(), settings, seeds, LANDED)

    assert (target.seeds["users"], target.seeds["venues"], target.seeds["tickets"]) == (42, 7, 42)


def test_rewrite_may_change_the_seed(settings: Settings, seeds: Seeds) -> None:
    target = settle_target(PullRequest(entities=("users",), seed=5, rewrite=True), settings, seeds, LANDED)

    assert target.seeds == {"users": 5, "venues": 7}


def test_events_need_venues(settings: Settings, seeds: Seeds) -> None:
    context = open_run(PullRequest(entities=("events",)), settings, seeds)

    with pytest.raises(MissingUpstream) as caught:
        find_jobs(context)
    assert str(caught.value) == (
        f"{settings.raw_dir / 'venues.parquet'} is missing; events need venues. Run: python extract/run.py venues"
    )


@pytest.mark.parametrize("entity", ["users", "kb_articles", "tickets"])
def test_other_entities_need_nothing(entity: str, settings: Settings, seeds: Seeds) -> None:
    context = open_run(PullRequest(entities=(entity,), volume="test"), settings, seeds)

    assert find_jobs(context)[0].missing


def test_jobs_count_the_calls_of_the_guide(settings: Settings, seeds: Seeds) -> None:
    jobs = find_jobs(open_run(PullRequest(), settings, seeds))

    assert [(job.entity, job.calls) for job in jobs] == [
        ("users", 200), ("venues", 5), ("events", 25), ("kb_articles", 20), ("tickets", 200),
    ]  # fmt: skip
