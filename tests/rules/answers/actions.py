"""What each action of the answer key does to the two databases, through the SQLAlchemy models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import eventhub, udahub

Arguments = dict[str, str]


@dataclass(frozen=True)
class Label:
    """A line of the answer key, as far as it tells what to do."""

    ticket_id: str
    action: str
    arguments: Arguments


@dataclass(frozen=True)
class Desk:
    """Where an agent works: both databases, and the time on the clock."""

    business: Session
    support: Session
    now: datetime


def perform(desk: Desk, label: Label) -> None:
    """Take the action, answer the member and put down what was done, all of it unflushed at the end."""
    ACTIONS[label.action](desk, label.arguments)
    ticket = desk.support.get_one(udahub.Ticket, label.ticket_id)
    assert ticket.ticket_metadata is not None
    _set_status(ticket.ticket_metadata, label, desk.now)
    text = f"Done by the replay: {label.action}."
    desk.support.add_all(
        [
            udahub.TicketMessage(
                message_id=f"m_replay_{label.ticket_id}", ticket_id=label.ticket_id, role=udahub.RoleEnum.agent,
                content=text, created_at=desk.now,
            ),
            udahub.UserHistory(
                history_id=f"h_replay_{label.ticket_id}", account_id=ticket.account_id, user_id=ticket.user_id,
                ticket_id=label.ticket_id, interaction_type=label.action, summary=text, created_at=desk.now,
            ),
        ]
    )  # fmt: skip
    desk.business.flush()
    desk.support.flush()


def _set_status(metadata: udahub.TicketMetadata, label: Label, now: datetime) -> None:
    ends = {"escalate": "escalated", "open_case": "in_progress"}
    metadata.status = ends.get(label.action, "resolved")
    metadata.resolved_at = now if metadata.status == "resolved" else None
    metadata.escalation_reason = label.arguments.get("reasons")


def _leave(desk: Desk, arguments: Arguments) -> None:
    """Change no row of the business: what is done stands in the ticket and in the member's history."""
    if "user_id" in arguments:
        member = desk.business.get_one(eventhub.User, arguments["user_id"])
        assert arguments.get("email", member.email) == member.email


def _cancel(desk: Desk, arguments: Arguments) -> None:
    booking = desk.business.get_one(eventhub.Reservation, arguments["reservation_id"])
    assert booking.status in ("confirmed", "pending")
    assert Decimal(0) <= Decimal(arguments["amount"]) <= booking.total_price
    booking.status, booking.cancelled_at, booking.cancelled_by = "cancelled", desk.now, "desk"
    _refund(desk, booking, Decimal(arguments["amount"]), booking.ticket_count)
    _free_seats(booking.event, booking.ticket_count)


def _drop_ticket(desk: Desk, arguments: Arguments) -> None:
    booking = desk.business.get_one(eventhub.Reservation, arguments["reservation_id"])
    kept = int(arguments["ticket_count"])
    assert kept == booking.ticket_count - 1
    price = booking.total_price / booking.ticket_count
    assert Decimal(arguments["amount"]) <= price
    _refund(desk, booking, Decimal(arguments["amount"]), 1)
    _free_seats(booking.event, 1)
    booking.ticket_count, booking.total_price = kept, price * kept


def _refund(desk: Desk, booking: eventhub.Reservation, amount: Decimal, ticket_count: int) -> None:
    """Ask for the money; nothing where the policy gives none."""
    if amount == 0:
        return
    number = 1 + max((int(name[2:]) for name in desk.business.scalars(select(eventhub.Refund.refund_id))), default=0)
    price = booking.total_price * ticket_count / booking.ticket_count
    desk.business.add(
        eventhub.Refund(
            refund_id=f"f_{number:05}", reservation_id=booking.reservation_id, amount=amount,
            percent=round(100 * amount / price), ticket_count=ticket_count, method=booking.payment_method,
            status="requested", requested_at=desk.now,
        )
    )  # fmt: skip


def _free_seats(event: eventhub.Event, count: int) -> None:
    event.tickets_sold -= count
    event.status = "active" if event.status == "soldout" else event.status
    event.slots_available = event.total_tickets - event.tickets_sold


def _upgrade(desk: Desk, arguments: Arguments) -> None:
    plan = desk.business.get_one(eventhub.User, arguments["user_id"]).subscription
    assert plan.tier == "basic" and plan.status == "active"
    plan.tier, plan.monthly_quota = arguments["tier"], int(arguments["monthly_quota"])


def _end_plan(desk: Desk, arguments: Arguments) -> None:
    plan = desk.business.get_one(eventhub.User, arguments["user_id"]).subscription
    assert plan.status == "active"
    plan.status, plan.ended_at = arguments["status"], desk.now


ACTIONS: dict[str, Callable[[Desk, Arguments], None]] = {
    "answer": _leave,
    "escalate": _leave,
    "open_case": _leave,
    "reset_access": _leave,
    "delete_account": _leave,
    "issue_refund": _cancel,
    "cancel_reservation": _cancel,
    "change_party_size": _drop_ticket,
    "upgrade": _upgrade,
    "cancel_subscription": _end_plan,
    "pause_subscription": _end_plan,
}
