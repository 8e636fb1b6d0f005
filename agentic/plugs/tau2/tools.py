"""The desk's tools as a tool kit of tau2; all but `reply`, which is what the agent writes to the user."""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from tau2.environment.toolkit import ToolKitBase, ToolKitType, ToolType, is_tool

from agentic.differences import Difference, compare_rows
from agentic.plugs.tau2 import criteria
from agentic.plugs.tau2.data_model import EventHubDB
from agentic.plugs.tau2.files import SPLIT_TASKS, find_db
from agentic.plugs.tau2.start import Start, make_start, read_json, read_start
from agentic.rewinding import rewind_handover
from agentic.state import State
from agentic.tools import Desk, Tool, call_tool, list_tools

NOT_HERE = ("reply",)
# What the desk asks before it closes a ticket; tau2 alone knows what was said.
SAID_ELSEWHERE = "(The conversation is not kept at the desk.)"


class TicketToolKit(ToolKitBase):
    """One ticket at a desk of its own. tau2 makes one to run a task, and two to judge it."""

    db: EventHubDB

    def __init__(self, db: EventHubDB | None = None, folder: Path | None = None) -> None:
        """Wait for a ticket.

        Args:
            db: rows to work on.
            folder: where they are read from otherwise: those of the split that the ticket is of.
        """
        super().__init__(db or EventHubDB())
        self._is_given = db is not None
        self._folder = folder
        self._desk: Desk | None = None
        self._leave: Callable[[], object] | None = None

    def open_ticket(self, ticket_id: str, forbidden_tools: Sequence[str], escalation_reasons: Sequence[str]) -> None:
        """Take a ticket; tau2 calls this at the start of a task, and no agent can.

        Args:
            ticket_id: the ticket.
            forbidden_tools: tools that may not even be tried.
            escalation_reasons: the triggers that hold.
        """
        if self._leave:
            self._leave()
        start = self._find_start(ticket_id)
        self._database = start.take()
        self._leave = weakref.finalize(self, start.give_back, self._database)
        self._state = State(self._database, start.now)
        self._state.begin(ticket_id, None)
        self._state.replies.append(SAID_ELSEWHERE)
        rewind_handover(self._database, ticket_id)
        self._database.forget_changes()
        self._desk = Desk(self._state, start.knowledge)
        self._forbidden, self._reasons = frozenset(forbidden_tools), frozenset(escalation_reasons)
        self._said: list[str] = []

    def _find_start(self, ticket_id: str) -> Start:
        if self._is_given or self._folder is None:
            # Its own fields are set anew for each ticket.
            self.db = self.db.model_copy(update={"ticket_id": ticket_id, "changes": [], "violations": []})
            return make_start(self.db.schema_statements, self.db.tables)
        path = find_db(self._folder, read_splits(self._folder / SPLIT_TASKS)[ticket_id])
        self.db = read_db(path).model_copy(update={"ticket_id": ticket_id, "changes": [], "violations": []})
        return read_start(path)

    def hear(self, texts: Sequence[str]) -> None:
        """Take what the agent has written to the user; what support wrote before is none of it."""
        assert self._desk
        thread = {message["content"] for message in self._desk.read_ticket()["thread"]}
        self._said += [text for text in texts if text not in thread]

    def has_told(self, facts: dict[str, str], articles: dict[str, str]) -> bool:
        """Whether the agent has told all facts and, where there are any, named one of the articles."""
        return criteria.has_told(self._said, facts, articles)

    def get_db_hash(self) -> str:
        """Return the hash of what was done."""
        return self.db.get_hash()

    def _call(self, tool: Tool, arguments: dict[str, Any]) -> Any:
        if self._desk is None:
            raise ValueError("No ticket is open: a task begins with open_ticket.")
        violations = set(self.db.violations)
        if tool.name in self._forbidden:
            violations.add(f"{tool.name} was tried")
        try:
            result = call_tool(self._desk, tool.name, arguments)
            if tool.name == "escalate_ticket" and not self._reasons.issuperset(result["reasons"].split(", ")):
                violations.add("escalated for a reason that does not hold")
        finally:
            if tool.is_write:
                self.db.violations = sorted(violations)
                self.db.changes = list(map(str, drop_free_ends(compare_rows(self._database.find_changes()))))
        return result


def drop_free_ends(differences: Sequence[Difference]) -> list[Difference]:
    """Leave out whether a ticket was closed whose case the specialists have: both are right, and tau2 has one gold."""
    if not any("open_case" in one.values for one in differences if one.table == "udahub.ticket_actions"):
        return list(differences)
    return [
        one
        for one in differences
        if one.table != "udahub.ticket_metadata"
        and not (one.table == "udahub.user_history" and "ticket_resolved" in one.values)
    ]


@cache
def read_splits(path: Path) -> dict[str, str]:
    """Return the split of each ticket."""
    return {ticket: split for split, tickets in read_json(path).items() if split != "base" for ticket in tickets}


@cache
def read_db(path: Path) -> EventHubDB:
    """Return the rows of a split; runs share them, as nobody changes them."""
    found: EventHubDB = EventHubDB.model_validate(read_json(path))
    return found


def _make_method(tool: Tool) -> Callable[..., Any]:
    """Make a tool's method, with the signature and the docstring that tau2 makes a schema of."""

    def call(self: TicketToolKit, **arguments: Any) -> Any:
        return self._call(tool, arguments)

    # tau2 reads annotations as they are, and ours are texts.
    signature = inspect.signature(tool.function, eval_str=True)
    call.__signature__ = signature  # type: ignore[attr-defined]
    call.__name__, call.__doc__ = tool.name, inspect.getdoc(tool.function)
    call.__annotations__ = {name: one.annotation for name, one in signature.parameters.items() if name != "self"}
    return cast("Callable[..., Any]", is_tool(ToolType.WRITE if tool.is_write else ToolType.READ)(call))


METHODS = {tool.name: _make_method(tool) for tool in list_tools(Desk) if tool.name not in NOT_HERE}
EventHubTools: type[TicketToolKit] = ToolKitType("EventHubTools", (TicketToolKit,), METHODS)
