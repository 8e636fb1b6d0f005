"""A new ticket, as one comes in when a member writes."""

from __future__ import annotations

import re

from agentic.knowledge import Knowledge
from agentic.state import State

MOST_SUBJECT = 60


def open_ticket(state: State, knowledge: Knowledge, user_id: str, message: str) -> str:
    """Add a ticket of a member and return its id.

    Raises:
        ValueError: there is no such member.
    """
    database = state.database
    user = database.find_one("select * from udahub.users where external_user_id = ?", user_id)
    if not user:
        raise ValueError(f"There is no member {user_id}. Members are u_00001 and so on.")
    last = database.find_one("select max(cast(substr(ticket_id, 3) as integer)) as number from udahub.tickets")
    ticket_id = f"t_{((last or {}).get('number') or 0) + 1:05}"
    reservation_id, event_id = _find_subject_matter(state, user_id, message)
    opened = {"ticket_id": ticket_id, "created_at": state.moment}
    writer = {"account_id": user["account_id"], "user_id": user["user_id"], "channel": "chat"}
    database.insert("udahub.tickets", opened | writer)
    metadata = {
        "status": "open",
        "updated_at": state.moment,
        "subject": message.splitlines()[0][:MOST_SUBJECT],
        "priority": "medium",
        "urgency": "medium",
        "sentiment": "neutral",
        "rag_confidence": knowledge.measure(message),
        "failed_attempts": 0,
        "reservation_id": reservation_id,
        "event_id": event_id,
    }
    database.insert("udahub.ticket_metadata", opened | metadata)
    return ticket_id


def add_message(state: State, text: str) -> None:
    """Add what the member writes to the ticket at hand."""
    row = {"message_id": state.next_id("m"), "ticket_id": state.ticket_id, "role": "user", "content": text}
    state.database.insert("udahub.ticket_messages", row | {"created_at": state.moment})


def _find_subject_matter(state: State, user_id: str, message: str) -> tuple[str | None, str | None]:
    """Return the booking that a message names, by its id or by its event's title."""
    rows = state.database.find_all(
        "select reservation_id, event_id, title from eventhub.reservations join eventhub.events using (event_id)"
        " where user_id = ? order by reservations.created_at desc",
        user_id,
    )
    ids = set(re.findall(r"r_\d+", message))
    for row in rows:
        if row["reservation_id"] in ids or row["title"].lower() in message.lower():
            return row["reservation_id"], row["event_id"]
    return None, None
