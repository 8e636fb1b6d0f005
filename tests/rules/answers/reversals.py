"""What each action that was done in a ticket (ticket_actions) changed, taken back through the SQLAlchemy models."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete

from data.models import eventhub, udahub
from tests.rules.answers.actions import Desk


def take_back(desk: Desk, action: udahub.TicketAction) -> None:
    """Make both databases what they were just before an action: the ticket waits, and nothing was changed."""
    assert action.action and action.arguments is not None and action.created_at is not None
    REVERSALS.get(action.action, _leave)(desk, action, action.arguments)
    is_its_refund = eventhub.Refund.ticket_id == action.ticket_id
    if action.actor == "member":  # who cancelled alone was paid back without a ticket
        is_its_refund = eventhub.Refund.reservation_id == action.arguments["reservation_id"]
    desk.business.execute(delete(eventhub.Refund).where(is_its_refund))
    recorded = udahub.UserHistory.ticket_id == action.ticket_id, udahub.UserHistory.created_at >= action.created_at
    desk.support.execute(delete(udahub.UserHistory).where(*recorded))
    said = udahub.TicketMessage.ticket_id == action.ticket_id, udahub.TicketMessage.created_at >= action.created_at
    desk.support.execute(delete(udahub.TicketMessage).where(*said))
    metadata = desk.support.get_one(udahub.TicketMetadata, action.ticket_id)
    metadata.status, metadata.resolved_at, metadata.escalation_reason = "open", None, None
    desk.business.flush()
    desk.support.flush()


def _leave(desk: Desk, action: udahub.TicketAction, arguments: dict[str, str]) -> None:
    """Nothing of the business was changed."""


def _hold(desk: Desk, action: udahub.TicketAction, arguments: dict[str, str]) -> None:
    booking = desk.business.get_one(eventhub.Reservation, arguments["reservation_id"])
    actor = "member" if action.actor == "member" else "desk"
    assert (booking.status, booking.cancelled_by, booking.cancelled_at) == ("cancelled", actor, action.created_at)
    booking.status, booking.cancelled_by, booking.cancelled_at = "confirmed", None, None
    _take_seats(booking.event, booking.ticket_count)


def _add_ticket(desk: Desk, action: udahub.TicketAction, arguments: dict[str, str]) -> None:
    booking = desk.business.get_one(eventhub.Reservation, arguments["reservation_id"])
    assert (booking.status, booking.ticket_count) == ("confirmed", int(arguments["ticket_count"]))
    booking.total_price += booking.total_price / booking.ticket_count
    booking.ticket_count += 1
    _take_seats(booking.event, 1)


def _take_seats(event: eventhub.Event, count: int) -> None:
    """Take seats of an event again; those that were sold to others since then are taken from them first."""
    event.tickets_sold = min(event.tickets_sold + count, event.total_tickets)
    event.slots_available = event.total_tickets - event.tickets_sold
    event.status = "soldout" if event.slots_available == 0 else event.status


def _lower(desk: Desk, action: udahub.TicketAction, arguments: dict[str, str]) -> None:
    plan = desk.business.get_one(eventhub.User, arguments["user_id"]).subscription
    assert (plan.tier, plan.monthly_quota) == (arguments["tier"], int(arguments["monthly_quota"]))
    plan.tier, plan.monthly_quota = "basic", 5


def _run_on(desk: Desk, action: udahub.TicketAction, arguments: dict[str, str]) -> None:
    plan = desk.business.get_one(eventhub.User, arguments["user_id"]).subscription
    assert (plan.status, plan.ended_at) == (arguments["status"], action.created_at)
    plan.status, plan.ended_at = "active", None


REVERSALS: dict[str, Callable[[Desk, udahub.TicketAction, dict[str, str]], None]] = {
    "issue_refund": _hold,
    "cancel_reservation": _hold,
    "change_party_size": _add_ticket,
    "upgrade": _lower,
    "cancel_subscription": _run_on,
    "pause_subscription": _run_on,
}
