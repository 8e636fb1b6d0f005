"""What the desk remembers of a member: history, earlier tickets, notes."""

from __future__ import annotations

import json
from typing import Any

from agentic.tools.base import read_tool, write_tool
from agentic.tools.desk_notes import DeskTools


class MemoryTools(DeskTools):
    """What happened before, and what is to be remembered."""

    @read_tool
    def list_history(self, user_id: str) -> list[dict[str, Any]]:
        """List what happened to a member before, the newest first: bookings, membership, tickets.

        Args:
            user_id: the member's id, such as "u_00042".
        """
        return self._database.find_all(
            "select interaction_type, summary, ticket_id, user_history.created_at from udahub.user_history"
            " join udahub.users using (user_id) where external_user_id = ?"
            " order by user_history.created_at desc, history_id desc",
            user_id,
        )

    @read_tool
    def list_tickets(self, user_id: str) -> list[dict[str, Any]]:
        """List the tickets of a member with what was done in them, the newest first.

        Args:
            user_id: the member's id, such as "u_00042".
        """
        rows = self._database.find_all(
            "select ticket_id, subject, status, channel, tickets.created_at, reservation_id, event_id"
            " from udahub.tickets join udahub.ticket_metadata using (ticket_id)"
            " join udahub.users using (user_id) where external_user_id = ?"
            " order by tickets.created_at desc, ticket_id desc",
            user_id,
        )
        return [row | {"actions": self._list_actions(row["ticket_id"])} for row in rows]

    def _list_actions(self, ticket_id: str) -> list[dict[str, Any]]:
        rows = self._database.find_all(
            "select action, arguments, created_at from udahub.ticket_actions where ticket_id = ? order by action_id",
            ticket_id,
        )
        return [row | {"arguments": json.loads(row["arguments"] or "{}")} for row in rows]

    @read_tool
    def read_notes(self) -> str:
        """Read the notes for colleagues of the ticket at hand."""
        return self._find_notes()

    @write_tool
    def write_note(self, text: str) -> dict[str, Any]:
        """Add a note for colleagues to the ticket at hand; members never see it.

        Args:
            text: what a colleague has to know.
        """
        self._require_open()
        notes = "\n".join(filter(None, [self._find_notes(), text]))
        self._database.update("udahub.ticket_metadata", self._state.ticket_id, {"agent_notes": notes})
        return {"agent_notes": notes}

    def _find_notes(self) -> str:
        found = self._database.find_one(
            "select agent_notes from udahub.ticket_metadata where ticket_id = ?", self._state.ticket_id
        )
        return str((found or {}).get("agent_notes") or "")
