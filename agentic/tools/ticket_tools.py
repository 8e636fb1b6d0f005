"""The ticket at hand: read it, answer, close it or hand it over."""

from __future__ import annotations

from typing import Any

from agentic.errors import ToolError
from agentic.tools.base import make_whole, read_tool, write_tool
from agentic.tools.desk_notes import DeskTools
from agentic.triggers import list_triggers

MEASURES = ("urgency", "sentiment", "rag_confidence", "failed_attempts")


class TicketTools(DeskTools):
    """What is done with a ticket."""

    @read_tool
    def read_ticket(self, ticket_id: str = "") -> dict[str, Any]:
        """Read a ticket: who wrote it, what it is about, what the desk has measured, and the thread so far.

        Args:
            ticket_id: another ticket, such as an earlier one of the member; leave it out for the ticket at hand.
        """
        row = self._database.find_one(
            "select tickets.ticket_id, external_user_id as user_id, channel, subject, status, tickets.created_at,"
            " reservation_id, event_id, urgency, sentiment, rag_confidence, failed_attempts"
            " from udahub.tickets join udahub.ticket_metadata using (ticket_id)"
            " join udahub.users using (user_id) where tickets.ticket_id = ?",
            ticket_id or self._state.ticket_id,
        )
        if not row:
            raise ToolError(f"There is no ticket {ticket_id}. list_tickets names those of a member.")
        hidden = () if self._state.shows_measures else MEASURES
        thread = self._database.find_all(
            "select role, content, created_at from udahub.ticket_messages where ticket_id = ? order by rowid",
            row["ticket_id"],
        )
        shown = {name: value for name, value in row.items() if name not in hidden}
        return shown | {"now": self._state.moment, "thread": thread}

    @write_tool
    def reply(self, text: str, article_ids: list[str] | None = None) -> dict[str, Any]:
        """Write to the member; the member's answer comes back with it, if there is one.

        Args:
            text: what the member reads: plain words, with the facts that matter.
            article_ids: the articles that it rests on, the best first, three at most; leave it out where the text names
                them.
        """
        self._require_open()
        self._require_articles(article_ids or [])
        if not text.strip():
            raise ToolError("The reply is empty. Write what the member is to read.")
        self._add_message("ai", text)
        ticket = self._database.find_one(
            "select * from udahub.ticket_metadata where ticket_id = ?", self._state.ticket_id
        )
        assert ticket
        change = {"updated_at": self._state.moment}
        if not ticket.get("first_response_at", True):
            change["first_response_at"] = self._state.moment
        self._database.update("udahub.ticket_metadata", self._state.ticket_id, change)
        answer = self._state.answer_reply(text) if self._state.answer_reply else None
        if answer:
            answer = make_whole(answer)
            self._add_message("user", answer)
        self._state.replies.append(text)
        return {"sent": True, "answer": answer}

    @write_tool
    def resolve_ticket(self) -> dict[str, Any]:
        """Close the ticket at hand, once the member has been answered and everything is done."""
        self._require_open()
        if not self._state.replies:
            raise ToolError("The member has not been answered yet. Call reply first.")
        change = {"status": "resolved", "resolved_at": self._state.moment, "updated_at": self._state.moment}
        self._database.update("udahub.ticket_metadata", self._state.ticket_id, change)
        self._add_history("ticket_resolved", f"Request resolved: {self._find_subject()}")
        return {"ticket_id": self._state.ticket_id, "status": "resolved"}

    @write_tool
    def escalate_ticket(self, reasons: list[str]) -> dict[str, Any]:
        """Hand the ticket at hand to a person, because a trigger of the policy holds. Nothing else can be done then.

        Args:
            reasons: the triggers that hold: critical_urgency, very_negative_sentiment, low_rag_confidence,
                repeated_failures.
        """
        self._require_open()
        given = [part.strip() for reason in reasons for part in reason.split(",") if part.strip()]
        unknown = [reason for reason in given if reason not in list_triggers()]
        if unknown or not given:
            found = f"{unknown[0]!r} is no trigger" if unknown else "No trigger is named"
            raise ToolError(f"{found}. Name those that hold: {', '.join(list_triggers())}.")
        named = ", ".join(name for name in list_triggers() if name in given)
        change = {"status": "escalated", "escalation_reason": named, "updated_at": self._state.moment}
        self._database.update("udahub.ticket_metadata", self._state.ticket_id, change)
        subject = f"Request handed to the specialist team: {self._find_subject()}"
        self._note("escalate", {"reasons": named}, "ticket_escalated", subject)
        return {"ticket_id": self._state.ticket_id, "status": "escalated", "reasons": named}

    def _require_articles(self, article_ids: list[str]) -> None:
        for article_id in article_ids:
            if not self._database.find_one("select 1 from udahub.knowledge where article_id = ?", article_id):
                raise ToolError(f"There is no article {article_id}. search_knowledge finds articles by words.")

    def _add_message(self, role: str, text: str) -> None:
        row = {
            "message_id": self._state.next_id("m"),
            "ticket_id": self._state.ticket_id,
            "role": role,
            "content": text,
            "created_at": self._state.moment,
        }
        self._database.insert("udahub.ticket_messages", row)

    def _find_subject(self) -> str:
        found = self._database.find_one(
            "select subject from udahub.ticket_metadata where ticket_id = ?", self._state.ticket_id
        )
        return str((found or {}).get("subject") or "")
