"""Conversations of solved tickets: what they say the desk says again, and they end where the rows are today."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.facts import states
from agentic.labels import Label
from agentic.training import Conversation, describe_tools, find_preferences, list_solved, write_conversation

# Where an action leaves its mark, and the columns of it that follow from the day, not from the action.
MARKS = {
    "issue_refund": "reservations", "cancel_reservation": "reservations", "change_party_size": "reservations",
    "cancel_subscription": "subscriptions", "pause_subscription": "subscriptions", "upgrade": "subscriptions",
}  # fmt: skip
KEYS = {"reservations": "reservation_id", "subscriptions": "user_id"}
TODAY = {"refund_id", "status", "paid_at"}


@pytest.fixture(scope="module")
def talks(environment: Environment) -> dict[str, Conversation]:
    """The conversation of each solved ticket."""
    solved = list_solved(environment)
    assert solved and {label.split for label in solved} == {"train"}
    return {label.ticket_id: write_conversation(environment, label, "policy") for label in solved}


def list_calls(talk: Conversation) -> list[tuple[str, dict[str, Any], str]]:
    """Return each call with what was written down of its result."""
    calls = [
        (said["tool_calls"][0]["function"], told["content"])
        for said, told in zip(talk.messages, talk.messages[1:], strict=False)
        if "tool_calls" in said
    ]
    return [(function["name"], json.loads(function["arguments"]), result) for function, result in calls]


def read_rows(source: sqlite3.Connection, query: str, *values: str) -> list[dict[str, Any]]:
    cursor = source.execute(query, values)
    return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


def find_marks(source: sqlite3.Connection, eventhub: str, udahub: str, label: Label) -> list[dict[str, Any]]:
    """Return the rows in which the action of a ticket stands."""
    rows = read_rows(
        source, f"select action, arguments, created_at from {udahub}ticket_actions where ticket_id = ?", label.ticket_id
    )
    marks = [row | {"arguments": json.loads(row["arguments"])} for row in rows]
    if table := MARKS.get(label.action):
        key = KEYS[table]
        marks += read_rows(source, f"select * from {eventhub}{table} where {key} = ?", label.arguments[key])
    refunds = read_rows(source, f"select * from {eventhub}refunds where ticket_id = ?", label.ticket_id)
    return marks + [{name: value for name, value in row.items() if name not in TODAY} for row in refunds]


def test_calls_replay_byte_for_byte_and_end_where_the_rows_are(
    built: Path, environment: Environment, talks: dict[str, Conversation]
) -> None:
    with sqlite3.connect(built / "udahub.db") as today:
        today.execute("attach ? as eventhub", [str(built / "eventhub.db")])
        for ticket_id, talk in talks.items():
            label = environment.labels[ticket_id]
            environment.reopen(ticket_id)
            for tool, arguments, result in list_calls(talk):
                assert json.dumps(environment.call(tool, arguments), ensure_ascii=False) == result
            found = find_marks(environment.state.database.connection, "eventhub.", "udahub.", label)
            assert found == find_marks(today, "eventhub.", "", label), ticket_id
            assert (label.action == "answer") == (not found)


def test_nothing_in_them_is_later_than_the_answer(environment: Environment, talks: dict[str, Conversation]) -> None:
    for ticket_id, talk in talks.items():
        answer = environment.reopen(ticket_id)
        now = str(environment.now)
        desk, ticket = environment.desk, environment.desk.read_ticket()
        user = ticket["user_id"]
        assert ticket["status"] in ("open", "in_progress") and ticket["thread"][-1]["role"] == "user"
        seen = [*desk.list_reservations(user), *desk.list_history(user), *desk.list_refunds(user), *ticket["thread"]]
        moments = [row[name] for row in seen for name in ("created_at", "cancelled_at", "paid_at") if row.get(name)]
        assert moments and max(moments) < now
        assert talk.messages[-1]["content"] == answer
        assert all(states(value, answer, name) for name, value in environment.labels[ticket_id].facts.items())
        for event_id in {row["event_id"] for row in desk.list_reservations(user)}:
            event = desk.get_event(event_id)
            assert event["tickets_sold"] + event["slots_available"] == event["total_tickets"]


def test_a_task_after_it_begins_today(environment: Environment, talks: dict[str, Conversation]) -> None:
    task = next(iter(environment.tasks))
    environment.reset(task)
    before = environment.now, environment.desk.read_ticket()
    environment.reopen(next(iter(talks)))
    assert environment.now < before[0]
    environment.reset(task)
    assert (environment.now, environment.desk.read_ticket()) == before
    with pytest.raises(ValueError, match="is no resolved ticket"):
        environment.reopen(task)


def test_what_is_rejected_is_wrong(environment: Environment, talks: dict[str, Conversation]) -> None:
    """The desk refuses money that is not due; it does not refuse another booking, so the pair has to teach it."""
    kinds: Counter[str] = Counter()
    for ticket_id, talk in talks.items():
        environment.reopen(ticket_id)
        for pair in find_preferences(talk, environment):
            kinds[pair.kind] += 1
            assert pair.prompt + pair.chosen == talk.messages[: talk.acts_at + 1]
            function = pair.rejected[0]["tool_calls"][0]["function"]
            environment.reopen(ticket_id)
            if pair.kind == "booking":
                environment.call(function["name"], json.loads(function["arguments"]))
                own = environment.labels[ticket_id].arguments["reservation_id"]
                assert json.loads(function["arguments"])["reservation_id"] != own
            else:
                with pytest.raises(ToolError, match="due for"):
                    environment.call(function["name"], json.loads(function["arguments"]))
    assert kinds["refund_tier"]


def test_the_tools_are_those_that_are_called(environment: Environment, talks: dict[str, Conversation]) -> None:
    tools = {tool["function"]["name"]: tool["function"] for tool in describe_tools(environment)}
    assert "reply" not in tools and all(tool["description"] for tool in tools.values())
    for talk in talks.values():
        for name, arguments, _ in list_calls(talk):
            schema = tools[name]["parameters"]
            assert set(schema["required"]) <= set(arguments) <= set(schema["properties"])
