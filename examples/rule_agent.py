"""An agent without a model: it looks up, computes and quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from examples.desk import Article, Booking, Ticket
from examples.labels import Label
from examples.policies import read_policies
from examples.prediction import Prediction
from examples.search_index import SearchIndex

NEIGHBOURS = 7
CENT = Decimal("0.01")


class RuleAgent:
    """Articles by full text, the action by similar tickets of the train split, money by the policy."""

    def __init__(self, articles: list[Article], train: Iterable[tuple[Ticket, Label]]) -> None:
        """Index articles and solved tickets."""
        self._articles = {article.article_id: article for article in articles}
        self._index = SearchIndex((a.article_id, a.title, f"{a.tags} {a.content}") for a in articles)
        solved = list(train)
        self._solved = SearchIndex((ticket.ticket_id, ticket.subject, write_question(ticket)) for ticket, _ in solved)
        self._labels = {label.ticket_id: label for _, label in solved}
        self._terms = {name: policy.value for name, policy in read_policies().items()}

    def handle(self, ticket: Ticket) -> Prediction:
        """Answer one ticket."""
        question = write_question(ticket)
        near = self._find_similar(ticket, question)
        articles = self._rank_articles(near, question)
        action = "escalate" if must_escalate(ticket) else self._choose_action(near, ticket)
        arguments = self._find_arguments(action, ticket)
        return Prediction(ticket.ticket_id, articles, action, arguments, self._reply(ticket, articles))

    def _find_similar(self, ticket: Ticket, question: str) -> list[Label]:
        found = self._solved.find(question, NEIGHBOURS + 1)
        return [self._labels[other] for other in found if other != ticket.ticket_id][:NEIGHBOURS]

    def _rank_articles(self, near: list[Label], question: str) -> list[str]:
        """Put what answered similar tickets before what has the same words."""
        votes = Counter(label.expected_article_id for label in near if label.expected_article_id)
        ranked = [article_id for article_id, _ in votes.most_common()] + self._index.find(question, 3)
        return list(dict.fromkeys(ranked))[:3]

    def _choose_action(self, near: list[Label], ticket: Ticket) -> str:
        """Do what was done for similar tickets, unless the booking does not allow it."""
        votes = Counter(label.action for label in near if label.action != "escalate")
        action = votes.most_common(1)[0][0] if votes else "answer"
        if action not in ("issue_refund", "cancel_reservation", "change_party_size"):
            return action
        is_held = ticket.booking is not None and ticket.booking.status in ("confirmed", "pending")
        return action if is_held and self._refund_percent(_count_notice(ticket)) > 0 else "answer"

    def compute_refund(self, ticket: Ticket) -> Decimal:
        """Return what the policy gives back if the booking is cancelled today."""
        if ticket.booking is None or ticket.booking.status == "pending":  # which has not been paid
            return Decimal("0.00")
        share = Decimal(self._refund_percent(_count_notice(ticket))) / 100
        return (ticket.booking.total_price * share).quantize(CENT, ROUND_DOWN)

    def _refund_percent(self, notice_days: int) -> int:
        if notice_days >= int(self._terms["refund_full_notice_days"]):
            return 100
        return int(self._terms["refund_partial_percent"]) * (
            notice_days >= int(self._terms["refund_partial_notice_days"])
        )

    def _find_arguments(self, action: str, ticket: Ticket) -> dict[str, str]:
        booking, due = ticket.booking, self.compute_refund(ticket)
        match action:
            case "issue_refund" | "cancel_reservation" if booking:
                return {"reservation_id": booking.reservation_id, "amount": str(due)}
            case "change_party_size" if booking:
                one = str((due / booking.ticket_count).quantize(CENT, ROUND_DOWN))
                fewer = str(booking.ticket_count - 1)
                return {"reservation_id": booking.reservation_id, "ticket_count": fewer, "amount": one}
            case "reset_access" | "delete_account":
                return {"user_id": ticket.user_id, "email": ticket.email}
            case "upgrade":
                quota = self._terms["premium_monthly_quota"]
                return {"user_id": ticket.user_id, "tier": "premium", "monthly_quota": quota}
            case "cancel_subscription" | "pause_subscription":
                status = "cancelled" if action == "cancel_subscription" else "paused"
                return {"user_id": ticket.user_id, "status": status}
            case "open_case":
                return {"user_id": ticket.user_id} | ({"reservation_id": booking.reservation_id} if booking else {})
        return {}

    def _reply(self, ticket: Ticket, found: list[str]) -> str:
        """State the booking, what is due, and the article word for word."""
        parts = [describe_booking(ticket.booking), self._describe_refund(ticket)] if ticket.booking else []
        parts.append(f"Your plan is {ticket.tier}, with {ticket.monthly_quota} bookings a month.")
        if found:
            parts.append(self._articles[found[0]].content)
        return "\n\n".join(parts)

    def _describe_refund(self, ticket: Ticket) -> str:
        assert ticket.booking is not None
        if ticket.booking.status == "pending":
            return "It has not been paid yet, so nothing comes back if it is cancelled."
        is_card = ticket.booking.payment_method == "credit_card"
        days = self._terms["refund_processing_days" if is_card else "refund_wallet_days"]
        due, percent = self.compute_refund(ticket), self._refund_percent(_count_notice(ticket))
        return f"Cancelled today, {percent} percent of it comes back: ${due}, within {days} business days."


def _count_notice(ticket: Ticket) -> int:
    assert ticket.booking is not None
    return (ticket.booking.event_date - ticket.today).days


def write_question(ticket: Ticket) -> str:
    """Return the request without the names that its booking explains."""
    question = f"{ticket.subject} {ticket.message}"
    for name in (ticket.booking.event_title, ticket.booking.venue) if ticket.booking else ():
        question = question.replace(name, " ")
    return question


def must_escalate(ticket: Ticket) -> bool:
    """Apply the policy's triggers where the desk has measured them; an agent without them never hands over."""
    seen = ticket.triage
    return seen is not None and (
        seen.urgency == "critical"
        or seen.sentiment == "very_negative"
        or seen.rag_confidence < 0.4
        or seen.failed_attempts >= 2
    )


def describe_booking(booking: Booking) -> str:
    """State the booking's facts."""
    return (
        f"Booking {booking.reservation_id} is {booking.status}: {booking.ticket_count} for {booking.event_title} at"
        f" {booking.venue} on {booking.event_date} at {booking.start_time}, ${booking.total_price}"
        f" by {booking.payment_method.replace('_', ' ')}."
    )
