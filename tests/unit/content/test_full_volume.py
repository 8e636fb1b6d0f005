"""The full volume, built once: as varied, as consistent and as replayable as it is meant to be."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from data.models import open_session
from tests.pipeline.commands import AS_OF
from tests.rules.answers.actions import Desk, perform
from tests.rules.answers.test_replay import read_labels
from tests.rules.answers.validity import find_broken_rules

pytestmark = pytest.mark.long
# What is done once: a second ticket about the same booking or plan finds it done.
ONCE = (
    "issue_refund",
    "cancel_reservation",
    "change_party_size",
    "upgrade",
    "cancel_subscription",
    "pause_subscription",
)


def read_lines(data_dir: Path, name: str) -> list[dict[str, str]]:
    text = (data_dir / "generated" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_descriptions_are_distinct_and_do_not_start_alike(full: Path) -> None:
    descriptions = [row["description"] for row in read_lines(full, "tickets")]
    starts = Counter(" ".join(text.lower().split()[:6]) for text in descriptions)

    assert len(set(descriptions)) >= 0.97 * len(descriptions)
    assert max(starts.values()) <= 0.02 * len(descriptions)


def test_members_have_names_of_their_own(full: Path) -> None:
    assert len({row["full_name"] for row in read_lines(full, "users")}) >= 9_000


def test_retrieval_is_neither_hopeless_nor_trivial(full: Path) -> None:
    query = "select split, found_share from analytics.retrieval_report where category = 'all'"
    with duckdb.connect(str(full / "warehouse.duckdb"), read_only=True) as connection:
        found = dict(connection.execute(query).fetchall())

    assert set(found) == {"all", "train", "dev", "test", "unseen"}
    assert all(0.15 <= share <= 0.95 for share in found.values()), found


def test_a_tenth_to_a_quarter_of_the_tickets_is_escalated(full: Path) -> None:
    statuses = Counter(row["status"] for row in read_lines(full, "tickets"))
    assert 0.1 <= statuses["escalated"] / statuses.total() <= 0.25


def test_tickets_are_about_bookings_events_and_members(full: Path) -> None:
    links = Counter((bool(row["reservation_id"]), bool(row["event_id"])) for row in read_lines(full, "tickets"))
    assert links.keys() == {(True, True), (False, True), (False, False)}
    assert min(links.values()) >= 0.05 * links.total()


def test_no_ticket_names_the_event_of_another(full: Path) -> None:
    titles = {row["title"] for row in read_lines(full, "events") if len(row["title"].split()) > 2}
    own = {row["title"]: {title for title in titles if title in row["title"]} for row in read_lines(full, "events")}
    wrong = [
        row["ticket_id"]
        for row in read_lines(full, "tickets")
        for title in titles - own.get(row["event_title"], set())
        if title in row["description"]
    ]

    assert wrong == []


def test_tickets_about_near_events_are_the_more_urgent(full: Path) -> None:
    events = {row["event_id"]: datetime.fromisoformat(row["when"]) for row in read_lines(full, "events")}
    urgent: dict[bool, list[bool]] = {True: [], False: []}
    for row in read_lines(full, "tickets"):
        if row["event_id"]:
            is_near = (events[row["event_id"]] - datetime.fromisoformat(AS_OF)).days <= 3
            urgent[is_near].append(row["priority"] in ("high", "urgent"))

    assert sum(urgent[True]) / len(urgent[True]) > 1.5 * sum(urgent[False]) / len(urgent[False])


def test_every_split_knows_every_scenario_but_those_that_are_unseen(full: Path) -> None:
    scenarios: dict[str, set[str]] = {}
    for label in read_lines(full, "ticket_labels"):
        scenarios.setdefault(label["split"], set()).add(label["scenario"])

    assert len(scenarios["unseen"]) >= 10
    assert not scenarios["unseen"] & (scenarios["train"] | scenarios["dev"] | scenarios["test"])
    assert len(scenarios["dev"] & scenarios["test"] & scenarios["train"]) >= 0.9 * len(scenarios["train"])


def test_most_articles_answer_some_ticket_and_few_tickets_have_none(full: Path) -> None:
    expected = Counter(label["expected_article_id"] for label in read_lines(full, "ticket_labels"))

    assert len(set(expected) - {None}) >= 90
    assert 0.03 <= expected[None] / expected.total() <= 0.05


def test_all_actions_one_after_another_leave_both_databases_valid(full: Path, tmp_path: Path) -> None:
    done: set[str] = set()
    for name in ("eventhub.db", "udahub.db"):
        shutil.copy(full / name, tmp_path / name)
    with open_session(tmp_path / "eventhub.db") as business, open_session(tmp_path / "udahub.db") as support:
        desk = Desk(business, support, datetime.fromisoformat(AS_OF))
        for label in read_labels(full):
            subject = label.arguments.get("reservation_id") or label.arguments.get("user_id", "")
            if label.action not in ONCE or subject not in done:
                perform(desk, label)
                done |= {subject} if label.action in ONCE else set()
        assert find_broken_rules(business, support) == []
