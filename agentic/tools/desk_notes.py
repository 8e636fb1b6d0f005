"""What every write leaves behind: an action of the ticket and a line of the member's history."""

from __future__ import annotations

import json

from agentic.errors import ToolError
from agentic.state import State
from agentic.tools.base import ToolSet

CLOSED = ("resolved", "escalated")


class DeskTools(ToolSet):
    """What tools that write have in common."""

    def _require_open(self) -> None:
        """Refuse to write in a ticket that is done with."""
        status = find_status(self._state)
        if status in CLOSED:
            raise ToolError(f"Ticket {self._state.ticket_id} is {status}; nothing more can be done in it.")

    def _require_own(self, user_id: str) -> None:
        """Refuse to change what belongs to another member than the one who wrote."""
        if user_id != self._state.member_id:
            raise ToolError(
                f"{user_id or 'This'} is not the member who wrote this ticket ({self._state.member_id}), and nothing of"
                " another member may be changed."
            )

    def _note(self, action: str, arguments: dict[str, str], interaction: str, summary: str) -> None:
        self._add_action(action, arguments)
        self._add_history(interaction, summary)

    def _add_action(self, action: str, arguments: dict[str, str]) -> None:
        row = {
            "action_id": self._state.next_id("a"),
            "ticket_id": self._state.ticket_id,
            "action": action,
            "arguments": json.dumps(arguments),
            "actor": "ai",
            "created_at": self._state.moment,
        }
        self._database.insert("udahub.ticket_actions", row)

    def _add_history(self, interaction: str, summary: str) -> None:
        ticket = self._database.find_one(
            "select account_id, user_id from udahub.tickets where ticket_id = ?", self._state.ticket_id
        )
        assert ticket
        row = {
            "history_id": self._state.next_id("h"),
            "account_id": ticket["account_id"],
            "user_id": ticket["user_id"],
            "ticket_id": self._state.ticket_id,
            "interaction_type": interaction,
            "summary": summary,
            "created_at": self._state.moment,
        }
        self._database.insert("udahub.user_history", row)


def find_status(state: State) -> str:
    """Return the status of the ticket at hand."""
    found = state.database.find_one("select status from udahub.ticket_metadata where ticket_id = ?", state.ticket_id)
    return str(found["status"]) if found else ""
