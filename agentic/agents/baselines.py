"""Agents that do the same with every ticket, to compare with, and the one that has the answer key."""

from __future__ import annotations

import contextlib

from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.tools import Desk
from agentic.triggers import find_reasons, list_triggers

POLITE = "Thank you for writing. We have looked into it, and everything is taken care of."


class GoldAgent:
    """Makes the calls of the key; what it does not solve is wrong in the key or at the desk."""

    def __init__(self, environment: Environment) -> None:
        """Take the key of an environment."""
        self._environment = environment

    def work(self, desk: Desk) -> None:
        """Make the calls of the first solution."""
        self._environment.replay(self._environment.task.solutions[0])


class IdleAgent:
    """Does nothing."""

    def work(self, desk: Desk) -> None:
        """Leave the ticket as it is."""


class EscalatingAgent:
    """Hands every ticket over."""

    def work(self, desk: Desk) -> None:
        """Name the triggers that hold, or one that may."""
        desk.escalate_ticket(find_reasons(desk.read_ticket()) or list(list_triggers())[:1])


class AnsweringAgent:
    """Answers every ticket with the article that fits best, and changes nothing."""

    def work(self, desk: Desk) -> None:
        """Quote the article."""
        ticket = desk.read_ticket()
        found = desk.search_knowledge(f"{ticket['subject']} {ticket['thread'][0]['content']}", 1)
        article = desk.read_article(found[0]["article_id"]) if found else {"title": "", "content": POLITE}
        desk.reply(f"{article['title']}\n\n{article['content']}")
        desk.resolve_ticket()


class RefundingAgent:
    """Refunds whatever the ticket is about."""

    def work(self, desk: Desk) -> None:
        """Refund, say so, close."""
        ticket = desk.read_ticket()
        said = POLITE
        if "reservation_id" in ticket and ticket["reservation_id"]:
            with contextlib.suppress(ToolError):
                done = desk.issue_refund(ticket["reservation_id"])
                days = done["refund_within_business_days"]
                said = f"You get ${done['amount']} back, {done['refund_percent']} percent, within {days} business days."
        desk.reply(said)
        desk.resolve_ticket()
