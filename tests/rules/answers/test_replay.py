"""What the answer key says to do can be done: both databases stay valid after each action."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.models import eventhub, open_session
from extract.settings import Settings
from tests.pipeline.commands import AS_OF
from tests.rules.answers.actions import ACTIONS, Desk, Label, perform
from tests.rules.answers.validity import find_broken_rules

NOW = datetime.fromisoformat(AS_OF)


def read_labels(data_dir: Path) -> list[Label]:
    lines = (data_dir / "generated" / "ticket_labels.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Label(row["ticket_id"], row["action"], row["action_arguments"]) for row in rows]


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    """Sessions on copies of both databases."""
    for name in ("eventhub.db", "udahub.db"):
        shutil.copy(built / name, tmp_path / name)
    with open_session(tmp_path / "eventhub.db") as business, open_session(tmp_path / "udahub.db") as support:
        yield Desk(business, support, NOW)


def undo(desk: Desk) -> None:
    desk.business.rollback()
    desk.support.rollback()


def test_each_action_by_itself_leaves_both_databases_valid(built: Path, desk: Desk) -> None:
    assert find_broken_rules(desk.business, desk.support) == []
    broken = {}
    for label in read_labels(built):
        perform(desk, label)
        broken[label.ticket_id] = find_broken_rules(desk.business, desk.support)
        undo(desk)
    assert {ticket: rules for ticket, rules in broken.items() if rules} == {}


def test_a_wrong_action_is_found_out(built: Path, desk: Desk) -> None:
    label = next(label for label in read_labels(built) if label.action in ("issue_refund", "cancel_reservation"))
    perform(desk, label)
    desk.business.get_one(eventhub.Reservation, label.action_arguments["reservation_id"]).event.slots_available += 1
    desk.business.flush()
    assert find_broken_rules(desk.business, desk.support) == ["slots are what is left"]


def test_every_action_of_the_seeds_can_be_replayed() -> None:
    path = Settings().seeds_dir / "support_actions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["action"] for row in csv.DictReader(file)} == set(ACTIONS)
