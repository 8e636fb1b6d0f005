"""Takes an escalated ticket back to before it was handed over."""

from __future__ import annotations

from agentic.database import Database

OUTCOMES = ("escalation_reason", "agent_notes", "assigned_agent", "csat", "resolved_at")
FIRST_REPLY = """
    select min(created_at) as moment from udahub.ticket_messages where ticket_id = ? and role in ('ai', 'agent')
"""


def rewind_handover(database: Database, ticket_id: str) -> None:
    """Open an escalated ticket again: the handover, what came after it and what says so are gone."""
    found = database.find_one("select status, created_at from udahub.ticket_metadata where ticket_id = ?", ticket_id)
    if not found or found["status"] != "escalated":
        return
    _cut_thread(database, ticket_id)
    last = database.find_one(
        "select max(created_at) as moment from udahub.ticket_messages where ticket_id = ?", ticket_id
    )
    first = database.find_one(FIRST_REPLY, ticket_id)
    change = dict.fromkeys(OUTCOMES) | {
        "status": "open",
        "updated_at": (last or {}).get("moment") or found["created_at"],
        "first_response_at": (first or {}).get("moment"),
    }
    database.update("udahub.ticket_metadata", ticket_id, change)
    database.delete("udahub.user_history", "ticket_id = ? and interaction_type = 'ticket_escalated'", ticket_id)
    database.delete("udahub.ticket_actions", "ticket_id = ? and action = 'escalate'", ticket_id)


def _cut_thread(database: Database, ticket_id: str) -> None:
    """Drop the handover and all after it: from the moment of the action, or from the first word of the system."""
    rows = database.find_all(
        "select message_id, role, created_at from udahub.ticket_messages where ticket_id = ? order by rowid", ticket_id
    )
    moment = _find_moment(database, ticket_id)
    is_handover = [row["created_at"] >= moment if moment else row["role"] == "system" for row in rows]
    handover = is_handover.index(True) if True in is_handover else len(rows)
    for row in rows[max(handover, 1) :]:
        database.delete("udahub.ticket_messages", "message_id = ?", row["message_id"])


def _find_moment(database: Database, ticket_id: str) -> str | None:
    query = "select created_at from udahub.ticket_actions where ticket_id = ? and action = 'escalate'"
    found = database.find_one(query, ticket_id)
    return str(found["created_at"]) if found else None
