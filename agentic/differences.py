"""What differs between a state and its start, in a form that compares: no free text, no running numbers, one order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from agentic.database import ChangedRow, Row

# Running numbers, words for people, and moments that follow from how often somebody wrote.
IGNORED = {
    "eventhub.refunds": {"refund_id"},
    "udahub.ticket_actions": {"action_id"},
    "udahub.user_history": {"history_id", "summary"},
    "udahub.ticket_metadata": {"agent_notes", "escalation_reason", "updated_at", "first_response_at"},
}
# How often one wrote to the member does not count, only what was said (judge).
NOT_COMPARED = {"udahub.ticket_messages"}
# Two names of one end state: a booking is cancelled, and what is due goes back.
SAME_ACTION = {"issue_refund": "cancel_reservation"}


@dataclass(frozen=True, order=True, kw_only=True)
class Difference:
    """A row that was added, changed or removed.

    Attributes:
        table: where.
        kind: added, changed or removed.
        key: the row's id where it was there before.
        values: columns as JSON; of a changed row those that differ, each as [before, after].
    """

    table: str
    kind: str
    key: str
    values: str

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.kind} {self.table} {self.key} {self.values}".replace("  ", " ")


def compare_rows(changes: Iterable[ChangedRow]) -> list[Difference]:
    """Return the differences in one order; the same changes made in another order are the same."""
    found = [_compare(change) for change in changes if change.table not in NOT_COMPARED]
    return sorted(difference for difference in found if difference)


def _compare(change: ChangedRow) -> Difference | None:
    ignored = IGNORED.get(change.table, set())
    before, after = _keep(change.table, change.before, ignored), _keep(change.table, change.after, ignored)
    if before is None or after is None:
        kind, row = ("added", after) if before is None else ("removed", before)
        return Difference(table=change.table, kind=kind, key="", values=_write(row))
    names = before.keys() | after.keys()  # either leaves out what is null
    values = {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}
    key = str(next(iter((change.before or {}).values())))
    return Difference(table=change.table, kind="changed", key=key, values=_write(values)) if values else None


def _keep(table: str, row: Row | None, ignored: set[str]) -> Row | None:
    if row is None:
        return None
    kept = {name: value for name, value in row.items() if name not in ignored and value is not None}
    if table == "udahub.ticket_actions":
        kept["action"] = SAME_ACTION.get(kept["action"], kept["action"])
        # An escalation's reasons are judged by themselves: naming one of two that hold is right.
        kept["arguments"] = {} if kept["action"] == "escalate" else json.loads(kept["arguments"] or "{}")
    return kept


def _write(values: Any) -> str:
    return json.dumps(values, sort_keys=True)
