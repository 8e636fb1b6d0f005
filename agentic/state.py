"""What a task is worked on: the private databases, the clock, the ticket at hand, and what has been called so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from agentic.database import Database

# Sequential ids: prefix and table of each.
IDS = {
    "f": ("eventhub.refunds", "refund_id"),
    "a": ("udahub.ticket_actions", "action_id"),
    "m": ("udahub.ticket_messages", "message_id"),
    "h": ("udahub.user_history", "history_id"),
}


@dataclass(frozen=True)
class Call:
    """A tool that was called: what came back, or why it was refused.

    Attributes:
        tool: its name.
        arguments: as they were given, by name.
        result: what it gave back; None where it was refused.
        error: why it was refused; None where it was not.
        is_write: whether it may change rows.
    """

    tool: str
    arguments: dict[str, Any]
    result: Any
    error: str | None
    is_write: bool


@dataclass
class State:
    """Everything that tools read and write; one a task, never shared.

    Attributes:
        database: both databases, private to the environment.
        now: the moment that it is: the start of the data set's day, or that of an earlier answer; it does not move.
        ticket_id: the ticket at hand.
        shows_measures: whether the agent may see what the desk has measured of a ticket.
        answer_reply: what the member says to a reply; None where nobody answers.
        calls: all calls so far.
        replies: what was said to the member.
        highest_ids: the last number in use, by prefix of the id.
    """

    database: Database
    now: datetime
    ticket_id: str = ""
    shows_measures: bool = True
    answer_reply: Callable[[str], str | None] | None = None
    calls: list[Call] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    highest_ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the highest ids, once: each task begins with the same rows."""
        self._first_now = self.now
        self._first_ids = find_highest_ids(self.database)
        self.highest_ids = dict(self._first_ids)

    def next_id(self, prefix: str) -> str:
        """Return the next id of a table."""
        self.highest_ids[prefix] += 1
        return f"{prefix}_{self.highest_ids[prefix]:05}"

    def begin(self, ticket_id: str, answer_reply: Callable[[str], str | None] | None) -> None:
        """Take another ticket; what was called and said before is forgotten."""
        self.ticket_id, self.answer_reply, self.now = ticket_id, answer_reply, self._first_now
        self.calls, self.replies = [], []
        self.highest_ids = dict(self._first_ids)

    @property
    def moment(self) -> str:
        """The clock as the databases write it."""
        return f"{self.now:%Y-%m-%d %H:%M:%S}"

    @property
    def member_id(self) -> str:
        """The business user_id of the member who wrote the ticket at hand."""
        found = self.database.find_one(
            "select external_user_id from udahub.tickets join udahub.users using (user_id) where ticket_id = ?",
            self.ticket_id,
        )
        assert found, f"{self.ticket_id} is no ticket"
        return str(found["external_user_id"])


def find_highest_ids(database: Database) -> dict[str, int]:
    """Return the highest number in use, by prefix of the id."""
    return {prefix: _find_highest(database, *IDS[prefix]) for prefix in IDS}


def _find_highest(database: Database, table: str, key: str) -> int:
    found = database.find_one(f"select max(cast(substr({key}, 3) as integer)) as highest from {table}")
    return int(found["highest"] or 0) if found else 0
