"""What the answer key says to do can be done, and what was done can be taken back: both databases stay valid."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.models import eventhub, open_session, udahub
from extract.settings import Settings
from tests.pipeline.commands import AS_OF
from tests.rules.answers.actions import ACTIONS, Desk, Label, perform
from tests.rules.answers.reversals import take_back
from tests.rules.answers.validity import find_broken_rules

NOW = datetime.fromisoformat(AS_OF)


def read_rows(data_dir: Path, name: str) -> list[dict[str, Any]]:
    lines = (data_dir / "generated" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read_labels(data_dir: Path) -> list[Label]:
    """Read what is to be done: in a resolved ticket, it was."""
    solved = {row["ticket_id"] for row in read_rows(data_dir, "tickets") if row["status"] == "resolved"}
    rows = [row for row in read_rows(data_dir, "ticket_labels") if row["ticket_id"] not in solved]
    return [Label(row["ticket_id"], row["action"], row["arguments"]) for row in rows]


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


def test_what_was_done_can_be_taken_back(built: Path, desk: Desk) -> None:
    """Before its actions each database was as valid as after them, and the actions lead from one to the other."""
    done = desk.support.scalars(select(udahub.TicketAction).order_by(udahub.TicketAction.created_at.desc())).all()
    assert {action.action for action in done} > {"escalate"}
    for action in done:
        take_back(desk, action)
        assert find_broken_rules(desk.business, desk.support) == [], action.action_id
    assert desk.business.scalars(select(eventhub.Refund).where(eventhub.Refund.ticket_id.is_not(None))).all() == []
    by_desk = eventhub.Reservation.cancelled_by == "desk"
    assert desk.business.scalars(select(eventhub.Reservation).where(by_desk)).all() == []
    for action in reversed(done):
        label = Label(action.ticket_id, action.action or "", action.arguments or {})
        perform(Desk(desk.business, desk.support, action.created_at or NOW), label)
        assert find_broken_rules(desk.business, desk.support) == [], action.action_id


def test_a_wrong_action_is_found_out(built: Path, desk: Desk) -> None:
    label = next(label for label in read_labels(built) if label.action in ("issue_refund", "cancel_reservation"))
    perform(desk, label)
    desk.business.get_one(eventhub.Reservation, label.arguments["reservation_id"]).event.slots_available += 1
    desk.business.flush()
    assert find_broken_rules(desk.business, desk.support) == ["slots are what is left"]


def test_every_action_of_the_seeds_can_be_replayed() -> None:
    path = Settings().seeds_dir / "support_actions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert {row["action"] for row in csv.DictReader(file)} == set(ACTIONS)
