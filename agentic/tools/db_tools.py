"""Look-ups in the business: members, bookings, events, plans and refunds."""

from __future__ import annotations

from typing import Any

from agentic.database import Row
from agentic.errors import ToolError
from agentic.policies import read_policies
from agentic.tools.base import ToolSet, read_tool, write_money

MOST_FOUND = 10
BOOKING = """
    select reservations.*, title as event_title, event_date, start_time, venues.name as venue_name,
        events.status as event_status
    from eventhub.reservations
    join eventhub.events using (event_id)
    join eventhub.venues using (venue_id)
"""
EVENT = """
    select events.*, venues.name as venue_name, venues.category as venue_category, venues.neighborhood,
        venues.capacity, venues.address
    from eventhub.events
    join eventhub.venues using (venue_id)
"""
MONEY = ("total_price", "price_min", "price_max", "amount", "monthly_price")


class DbTools(ToolSet):
    """What the business knows."""

    @read_tool
    def find_member(self, user_id: str = "", email: str = "", phone: str = "") -> dict[str, Any]:
        """Find a member with the membership, by one of three.

        Args:
            user_id: the member's id, such as "u_00042".
            email: the email address of the account.
            phone: the phone number of the account.
        """
        wanted = {"user_id": user_id, "email": email, "phone": phone}
        given = [(name, value) for name, value in wanted.items() if value]
        if len(given) != 1:
            raise ToolError("Give exactly one of user_id, email and phone.")
        name, value = given[0]
        # ids are read in small letters before (base.py), and found by the key without a look at every member
        is_named = "user_id = ?" if name == "user_id" else f"lower({name}) = lower(?)"
        found = self._database.find_one(f"select * from eventhub.user_details where {is_named}", value)
        if not found:
            raise ToolError(f"There is no member with {name} {value}. Ask the member, or try another of the three.")
        found["is_blocked"] = bool(found["is_blocked"])
        found["bookings_this_month"] = self._count_bookings(found["user_id"])
        del found["joined_at"]
        return found

    def _count_bookings(self, user_id: str) -> int:
        """Count the bookings that take quota in the calendar month of the clock."""
        found = self._database.find_one(
            "select count(*) as held from eventhub.reservations"
            " where user_id = ? and status != 'cancelled' and substr(created_at, 1, 7) = ?",
            user_id,
            self._state.moment[:7],
        )
        return int(found["held"]) if found else 0

    @read_tool
    def list_reservations(self, user_id: str) -> list[dict[str, Any]]:
        """List all bookings of a member with their events, the newest first.

        Args:
            user_id: the member's id, such as "u_00042".
        """
        rows = self._database.find_all(
            f"{BOOKING} where user_id = ? order by created_at desc, reservation_id desc", user_id
        )
        return [_show(row) for row in rows]

    @read_tool
    def get_reservation(self, reservation_id: str) -> dict[str, Any]:
        """Read one booking with its event and what was given back for it.

        Args:
            reservation_id: the booking's id, such as "r_00042".
        """
        found = self._database.find_one(f"{BOOKING} where reservation_id = ?", reservation_id)
        if not found:
            raise ToolError(f"There is no booking {reservation_id}. list_reservations names those of a member.")
        refunds = self._database.find_all("select * from eventhub.refunds where reservation_id = ?", reservation_id)
        return _show(found) | {"refunds": [_show(row) for row in refunds]}

    @read_tool
    def get_event(self, event_id: str) -> dict[str, Any]:
        """Read an event with its venue, seats, prices and parking.

        Args:
            event_id: the event's id, such as "e_00042".
        """
        found = self._database.find_one(f"{EVENT} where event_id = ?", event_id)
        if not found:
            raise ToolError(f"There is no event {event_id}. search_events finds events by words of their title.")
        parking = read_policies().get(f"parking_{found['venue_category']}")
        return _show(found) | {"is_premium": bool(found["is_premium"]), "parking": parking.value if parking else None}

    @read_tool
    def search_events(self, title: str) -> list[dict[str, Any]]:
        """Find events by a part of their title, the next ones first.

        Args:
            title: words of the title, as they stand in it.
        """
        rows = self._database.find_all(
            "select event_id, title, category, city, event_date, start_time, status, is_premium, slots_available"
            " from eventhub.events where instr(lower(title), lower(?)) order by event_date, event_id limit ?",
            title,
            MOST_FOUND,
        )
        return [row | {"is_premium": bool(row["is_premium"])} for row in rows]

    @read_tool
    def list_plans(self) -> list[dict[str, Any]]:
        """List the plans of membership with price a month and monthly quota."""
        return [_show(row) for row in self._database.find_all("select * from eventhub.plans order by monthly_price")]

    @read_tool
    def list_refunds(self, user_id: str) -> list[dict[str, Any]]:
        """List what was given back to a member, the newest first.

        Args:
            user_id: the member's id, such as "u_00042".
        """
        rows = self._database.find_all(
            "select refunds.* from eventhub.refunds join eventhub.reservations using (reservation_id)"
            " where user_id = ? order by requested_at desc, refund_id desc",
            user_id,
        )
        return [_show(row) for row in rows]


def _show(row: Row) -> dict[str, Any]:
    """Write amounts with their cents and leave out what is null."""
    shown = {name: write_money(value) if name in MONEY else value for name, value in row.items() if value is not None}
    return shown
