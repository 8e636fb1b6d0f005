"""Changes of bookings: cancel, refund, change the party, transfer. The policy's hard rules hold, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from agentic.errors import ToolError
from agentic.rules import (
    compute_refund,
    compute_share,
    count_notice,
    find_refund_days,
    find_refund_percent,
    find_start,
    read_number,
)
from agentic.tools.base import write_money, write_tool
from agentic.tools.desk_notes import DeskTools


@dataclass(frozen=True, kw_only=True)
class Booking:
    """A held booking of the member who wrote, and what would come back for it now."""

    reservation_id: str
    user_id: str
    event_id: str
    title: str
    starts_at: datetime
    ticket_count: int
    total_price: Decimal
    payment_method: str
    percent: int
    notice_days: int
    is_pending: bool

    @property
    def due(self) -> Decimal:
        """What comes back for all of it."""
        return compute_refund(self.total_price, self.percent)


class BookingTools(DeskTools):
    """What may be done with a booking."""

    @write_tool
    def cancel_reservation(self, reservation_id: str, amount: float | None = None) -> dict[str, Any]:
        """Cancel a booking of the member; what the policy gives back is paid back the way it was paid.

        Args:
            reservation_id: the booking, such as "r_00042".
            amount: dollars that you expect to go back; refused if the policy gives another amount. Leave it out to
                take what the policy gives.
        """
        booking = self._find_booking(reservation_id)
        _require_amount(booking.due, amount, booking)
        return self._cancel("cancel_reservation", booking)

    @write_tool
    def issue_refund(self, reservation_id: str, amount: float | None = None) -> dict[str, Any]:
        """Cancel a booking of the member and pay back what the policy gives; refused where it gives nothing.

        Args:
            reservation_id: the booking, such as "r_00042".
            amount: dollars that you expect to go back; refused if the policy gives another amount. Leave it out to
                take what the policy gives.
        """
        booking = self._find_booking(reservation_id)
        if booking.due == 0:
            reason = "it has not been paid" if booking.is_pending else f"{booking.notice_days} days of notice"
            raise ToolError(
                f"Nothing is due for {reservation_id} ({reason}). Do not promise money: say so, and call"
                " cancel_reservation only if the member wants to cancel all the same."
            )
        _require_amount(booking.due, amount, booking)
        return self._cancel("issue_refund", booking)

    @write_tool
    def change_party_size(self, reservation_id: str, ticket_count: int, amount: float | None = None) -> dict[str, Any]:
        """Change how many tickets a booking of the member has; fewer give their share back, more cost the same each.

        Args:
            reservation_id: the booking, such as "r_00042".
            ticket_count: tickets that the booking is to have afterwards, at least 1.
            amount: dollars that you expect to go back; refused if the policy gives another amount. Leave it out to
                take what the policy gives.
        """
        booking = self._find_booking(reservation_id)
        most = read_number("max_tickets_per_booking")
        if not 1 <= ticket_count <= most:
            raise ToolError(f"A booking has 1 to {most} tickets. To give all of them up, call cancel_reservation.")
        fewer = booking.ticket_count - ticket_count
        if fewer == 0:
            raise ToolError(f"{reservation_id} has {ticket_count} tickets already. Nothing was changed.")
        due = compute_share(booking.due, booking.ticket_count) * max(fewer, 0)
        _require_amount(due, amount, booking)
        self._free_seats(booking, fewer)
        price = booking.total_price / booking.ticket_count * ticket_count
        self._database.update(
            "eventhub.reservations", reservation_id, {"ticket_count": ticket_count, "total_price": float(price)}
        )
        self._refund(booking, due, fewer)
        arguments = {"reservation_id": reservation_id, "ticket_count": str(ticket_count), "amount": write_money(due)}
        summary = f"Party of {reservation_id} ({booking.title}) changed from {booking.ticket_count} to {ticket_count}."
        self._note("change_party_size", arguments, "party_changed", summary)
        return arguments | {"total_price": write_money(price)} | _describe_refund(booking, due)

    @write_tool
    def transfer_reservation(self, reservation_id: str, email: str) -> dict[str, Any]:
        """Give a booking of the member to another member, who then holds it.

        Args:
            reservation_id: the booking, such as "r_00042".
            email: the email address of the member who is to have it.
        """
        booking = self._find_booking(reservation_id)
        hours = read_number("transfer_notice_hours")
        if booking.starts_at - self._state.now < timedelta(hours=hours):
            raise ToolError(f"A transfer ends {hours} hours before the start. Tell the member that it is too late.")
        limit = read_number("transfer_limit")
        before = self._database.find_one(
            "select count(*) as times from udahub.user_history"
            " where interaction_type = 'booking_transferred' and instr(summary, ?)",
            f"({reservation_id})",
        )
        if before and before["times"] >= limit:
            raise ToolError(f"{reservation_id} has changed hands before, and {limit} time is all that is allowed.")
        recipient = self._find_recipient(booking, email)
        self._database.update("eventhub.reservations", reservation_id, {"user_id": recipient})
        arguments = {"reservation_id": reservation_id, "user_id": recipient}
        summary = f"Transferred {booking.title} ({reservation_id}) to {recipient}."
        self._note("transfer_reservation", arguments, "booking_transferred", summary)
        return arguments

    def _find_recipient(self, booking: Booking, email: str) -> str:
        member = self._database.find_one("select * from eventhub.user_details where lower(email) = lower(?)", email)
        if not member or member["is_blocked"] or member["subscription_status"] != "active":
            raise ToolError(f"{email} is no member whose membership runs. A booking can only go to such a member.")
        event = self._database.find_one("select is_premium from eventhub.events where event_id = ?", booking.event_id)
        if event and event["is_premium"] and member["subscription_tier"] != "premium":
            raise ToolError(f"{booking.title} is for premium members only, and {email} has the basic plan.")
        held = self._database.find_one(
            "select reservation_id from eventhub.reservations where user_id = ? and event_id = ?",
            member["user_id"],
            booking.event_id,
        )
        if held:
            raise ToolError(f"{email} has a booking of {booking.title} already, and a member has one for an event.")
        return str(member["user_id"])

    def _find_booking(self, reservation_id: str) -> Booking:
        """Return a booking that may be changed, or say why it may not be."""
        self._require_open()
        row = self._database.find_one(
            "select reservations.*, title, event_date, start_time from eventhub.reservations"
            " join eventhub.events using (event_id) where reservation_id = ?",
            reservation_id,
        )
        if not row:
            raise ToolError(f"There is no booking {reservation_id}. list_reservations names those of the member.")
        if row["user_id"] != self._state.member_id:
            raise ToolError(
                f"{reservation_id} is not a booking of the member who wrote ({self._state.member_id}), and nothing of"
                " another member may be changed. Tell the member that you cannot do it."
            )
        if row["status"] == "cancelled":
            raise ToolError(f"{reservation_id} is cancelled already. get_reservation shows what was given back.")
        day = date.fromisoformat(row["event_date"])
        starts_at = find_start(row["event_date"], row["start_time"])
        if starts_at <= self._state.now:
            raise ToolError(f"{row['title']} has begun, and its bookings can no longer be changed.")
        notice = count_notice(self._state.now, day)
        return Booking(
            reservation_id=reservation_id,
            user_id=row["user_id"],
            event_id=row["event_id"],
            title=row["title"],
            starts_at=starts_at,
            ticket_count=row["ticket_count"],
            total_price=Decimal(str(row["total_price"])),
            payment_method=row["payment_method"],
            percent=0 if row["status"] == "pending" else find_refund_percent(notice),  # which has not been paid
            notice_days=notice,
            is_pending=row["status"] == "pending",
        )

    def _cancel(self, action: str, booking: Booking) -> dict[str, Any]:
        change = {"status": "cancelled", "cancelled_at": self._state.moment, "cancelled_by": "desk"}
        self._database.update("eventhub.reservations", booking.reservation_id, change)
        self._free_seats(booking, booking.ticket_count)
        self._refund(booking, booking.due, booking.ticket_count)
        arguments = {"reservation_id": booking.reservation_id, "amount": write_money(booking.due)}
        summary = f"Booking of {booking.title} ({booking.reservation_id}) cancelled by support."
        self._note(action, arguments, "booking_cancelled", summary)
        return arguments | {"status": "cancelled"} | _describe_refund(booking, booking.due)

    def _free_seats(self, booking: Booking, count: int) -> None:
        """Give seats back to the event, or take more of them."""
        event = self._database.find_one(
            "select total_tickets, tickets_sold, slots_available from eventhub.events where event_id = ?",
            booking.event_id,
        )
        assert event
        if -count > event["slots_available"]:
            raise ToolError(
                f"{booking.title} has {event['slots_available']} seats left, and {-count} more are asked for."
            )
        sold = event["tickets_sold"] - count
        left = event["total_tickets"] - sold
        change = {"tickets_sold": sold, "slots_available": left, "status": "active" if left else "soldout"}
        self._database.update("eventhub.events", booking.event_id, change)

    def _refund(self, booking: Booking, amount: Decimal, ticket_count: int) -> None:
        if amount == 0:
            return
        row = {
            "refund_id": self._state.next_id("f"),
            "reservation_id": booking.reservation_id,
            "amount": float(amount),
            "percent": booking.percent,
            "ticket_count": ticket_count,
            "method": booking.payment_method,
            "status": "requested",
            "requested_at": self._state.moment,
            "ticket_id": self._state.ticket_id,
        }
        self._database.insert("eventhub.refunds", row)


def _require_amount(due: Decimal, amount: float | None, booking: Booking) -> None:
    if amount is not None and Decimal(str(amount)) != due:
        raise ToolError(
            f"{write_money(due)} is due for this change of {booking.reservation_id} ({booking.percent} percent, at"
            f" {booking.notice_days} days of notice), not {amount}. Give that amount, or leave it out."
        )


def _describe_refund(booking: Booking, amount: Decimal) -> dict[str, Any]:
    if amount == 0:
        return {}
    return {
        "refund_percent": booking.percent,
        "refund_method": booking.payment_method,
        "refund_within_business_days": find_refund_days(booking.payment_method),
    }
