"""An agent without a model: it looks up, compares, computes and quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agentic.actions import read_actions
from agentic.agents.acting import carry_out
from agentic.agents.briefing import Booking, Ticket, read_briefing
from agentic.environment import Environment
from agentic.errors import ToolError
from agentic.labels import Label
from agentic.policies import read_policies
from agentic.rules import compute_refund, compute_share, find_refund_days, find_refund_percent
from agentic.search_index import SearchIndex
from agentic.tools import Desk
from agentic.triggers import find_reasons

NEIGHBOURS = 7
MOVES_MONEY = ("issue_refund", "cancel_reservation", "change_party_size")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is to be done about a ticket, and the articles that it rests on, the best first."""

    action: str
    arguments: dict[str, str]
    reply: str
    article_ids: tuple[str, ...]


class RuleAgent:
    """Articles by full text, the action by similar tickets of the train split, money by the policy."""

    def __init__(self, solved: Iterable[tuple[Label, str]] = ()) -> None:
        """Learn from solved tickets, each with its words; without any, words of articles are all there is."""
        pairs = list(solved)
        self._solved = SearchIndex((label.ticket_id, "", words) for label, words in pairs)
        self._labels = {label.ticket_id: label for label, _ in pairs}

    def work(self, desk: Desk) -> None:
        """Work one ticket: hand it over where a trigger holds; where an action is refused, answer without it."""
        reasons = find_reasons(desk.read_ticket())
        if reasons:
            desk.escalate_ticket(reasons)
            return
        decision = self.decide(desk, read_briefing(desk))
        try:
            carry_out(desk, decision.action, decision.arguments, decision.reply, decision.article_ids[:1])
        except ToolError:
            carry_out(desk, "answer", {}, decision.reply, decision.article_ids[:1])

    def decide(self, desk: Desk, ticket: Ticket) -> Decision:
        """Decide from a briefing."""
        question = write_question(ticket)
        near = self._find_similar(ticket, question)
        article_ids = self.find_articles(desk, ticket, question)
        action = self._choose_action(near, ticket)
        articles = [desk.read_article(name) for name in article_ids[:1]]
        return Decision(
            action=action,
            arguments=find_arguments(action, ticket),
            reply=write_reply(ticket, articles),
            article_ids=article_ids,
        )

    def _find_similar(self, ticket: Ticket, question: str) -> list[Label]:
        found = self._solved.find(question, NEIGHBOURS + 1)
        return [self._labels[other] for other in found if other != ticket.ticket_id][:NEIGHBOURS]

    def find_articles(self, desk: Desk, ticket: Ticket, question: str) -> tuple[str, ...]:
        """Put what answered similar tickets before what has the same words."""
        near = self._find_similar(ticket, question)
        votes = Counter(label.expected_article_id for label in near if label.expected_article_id)
        ranked = [article_id for article_id, _ in votes.most_common()]
        ranked += [found["article_id"] for found in desk.search_knowledge(question, 3)]
        return tuple(dict.fromkeys(ranked))[:3]

    def _choose_action(self, near: list[Label], ticket: Ticket) -> str:
        """Do what was done for similar tickets, unless the booking does not allow it."""
        votes = Counter(label.action for label in near if label.action != "escalate")
        action = votes.most_common(1)[0][0] if votes else "answer"
        if action not in MOVES_MONEY:
            return action
        booking = ticket.booking
        if booking is None or booking.status == "cancelled" or find_percent(ticket, booking) == 0:
            return "answer"
        return "cancel_reservation" if booking.status == "pending" else action


def build_rule_agent(environment: Environment) -> RuleAgent:
    """Teach an agent what the train split shows: the words of its tickets, and the key."""
    train = [label for label in environment.labels.values() if label.split == "train"]
    return RuleAgent((label, environment.read_words(label.ticket_id)) for label in train)


def find_percent(ticket: Ticket, booking: Booking) -> int:
    """Return the share of the price that the notice gives back today."""
    return find_refund_percent((booking.event_date - ticket.today).days)


def find_due(ticket: Ticket, booking: Booking) -> Decimal:
    """Return what comes back if the booking is cancelled today; a pending one has not been paid."""
    return (
        Decimal("0.00")
        if booking.status == "pending"
        else compute_refund(booking.total_price, find_percent(ticket, booking))
    )


def find_arguments(action: str, ticket: Ticket) -> dict[str, str]:
    """Return the arguments of an action of the key for a ticket."""
    values = {
        "user_id": ticket.user_id,
        "email": ticket.email,
        "next_tier": "premium",
        "premium_monthly_quota": read_policies()["premium_monthly_quota"].value,
        "cancelled_state": "cancelled",
        "paused_state": "paused",
    }
    if booking := ticket.booking:
        due = find_due(ticket, booking)
        values |= {
            "reservation_id": booking.reservation_id,
            "refund_due": str(due),
            "one_ticket_less": str(booking.ticket_count - 1),
            "one_ticket_refund": str(compute_share(due, booking.ticket_count)),
        }
    return {name: values[fact] for name, fact in read_actions()[action].arguments.items() if fact in values}


def write_question(ticket: Ticket) -> str:
    """Return the request without the names that its booking explains."""
    question = f"{ticket.subject} {ticket.message}"
    for name in (ticket.booking.event_title, ticket.booking.venue) if ticket.booking else ():
        question = question.replace(name, " ")
    return question


def write_reply(ticket: Ticket, articles: list[dict[str, Any]]) -> str:
    """State the booking, what is due, the plan, and the article word for word."""
    parts = [describe_booking(ticket.booking), describe_refund(ticket, ticket.booking)] if ticket.booking else []
    if ticket.event:
        parts.append(f"The event is {ticket.event.status}.")
    parts.append(f"Your plan is {ticket.tier}, with {ticket.monthly_quota} bookings a month.")
    left = max(0, ticket.monthly_quota - ticket.booked_this_month)
    parts.append(f"You have {left} bookings left this month.")
    parts += [f"{article['title']}\n\n{article['content']}" for article in articles]
    return "\n\n".join(parts)


def describe_booking(booking: Booking) -> str:
    """State the booking's facts."""
    return (
        f"Booking {booking.reservation_id} is {booking.status}: {booking.ticket_count} for {booking.event_title} at"
        f" {booking.venue} on {booking.event_date} at {booking.start_time}, ${booking.total_price}"
        f" by {booking.payment_method.replace('_', ' ')}."
    )


def describe_refund(ticket: Ticket, booking: Booking) -> str:
    """State what comes back today, for all of it and for one ticket."""
    days = find_refund_days(booking.payment_method)
    if booking.status == "cancelled":
        return f"It is cancelled; a refund arrives within {days} business days."
    if booking.status == "pending":
        return "It has not been paid yet, so nothing comes back if it is cancelled."
    due, percent = find_due(ticket, booking), find_percent(ticket, booking)
    one = compute_share(due, booking.ticket_count)
    return (
        f"Cancelled today, {percent} percent of it comes back: ${due}, or ${one} for one ticket, within {days} business"
        " days."
    )
