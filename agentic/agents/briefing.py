"""All that bears on a ticket, gathered with the desk's tools: what an agent reads before it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from agentic.rules import find_local_day
from agentic.tools import Desk


@dataclass(frozen=True, kw_only=True)
class Event:
    """The event that a ticket is about."""

    event_id: str
    title: str
    status: str
    category: str
    event_date: date
    start_time: str
    price_min: Decimal
    price_max: Decimal
    slots_available: int
    is_premium: bool
    venue: str
    neighborhood: str
    city: str
    parking: str | None


@dataclass(frozen=True, kw_only=True)
class Booking:
    """A booking of the member, with its event."""

    reservation_id: str
    booked_on: date
    event_title: str
    event_date: date
    start_time: str
    venue: str
    ticket_count: int
    total_price: Decimal
    status: str
    payment_method: str


@dataclass(frozen=True, kw_only=True)
class Triage:
    """What the desk has measured; shown to an agent only where the exam allows it."""

    urgency: str | None
    sentiment: str | None
    rag_confidence: float
    failed_attempts: int


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A request, with what the business knows today.

    Attributes:
        today: the day that it is for members.
        thread: what was said so far, as role and text; the first is the request.
        bookings: all of the member, the newest first.
        booked_this_month: how many of them count for this month's quota.
        booking: the one that the ticket is about.
        event: what the ticket is about, with or without a booking.
        triage: what the desk has measured, where the agent may see it.
    """

    ticket_id: str
    subject: str
    thread: tuple[tuple[str, str], ...]
    today: date
    user_id: str
    full_name: str
    email: str
    is_blocked: bool
    tier: str
    subscription_status: str
    monthly_quota: int
    booked_this_month: int
    bookings: list[Booking]
    booking: Booking | None
    event: Event | None
    triage: Triage | None

    @property
    def message(self) -> str:
        """The request as it came in."""
        return self.thread[0][1]


def read_briefing(desk: Desk) -> Ticket:
    """Gather what bears on the ticket at hand."""
    row = desk.read_ticket()
    member = desk.find_member(user_id=row["user_id"])
    bookings = [_read_booking(booking) for booking in desk.list_reservations(row["user_id"])]
    linked = [booking for booking in bookings if booking.reservation_id == row["reservation_id"]]
    return Ticket(
        ticket_id=row["ticket_id"],
        subject=row["subject"] or "",
        thread=tuple((message["role"], message["content"] or "") for message in row["thread"]),
        today=find_local_day(datetime.fromisoformat(row["now"])),
        user_id=member["user_id"],
        full_name=member["full_name"],
        email=member["email"],
        is_blocked=member["is_blocked"],
        tier=member["subscription_tier"],
        subscription_status=member["subscription_status"],
        monthly_quota=member["monthly_quota"],
        booked_this_month=member["bookings_this_month"],
        bookings=bookings,
        booking=linked[0] if linked else None,
        event=_read_event(desk.get_event(row["event_id"])) if row["event_id"] else None,
        triage=_read_triage(row) if "urgency" in row else None,
    )


def _read_booking(row: dict[str, Any]) -> Booking:
    return Booking(
        reservation_id=row["reservation_id"],
        booked_on=find_local_day(datetime.fromisoformat(row["created_at"])),
        event_title=row["event_title"],
        event_date=date.fromisoformat(row["event_date"]),
        start_time=row["start_time"],
        venue=row["venue_name"],
        ticket_count=row["ticket_count"],
        total_price=Decimal(row["total_price"]),
        status=row["status"],
        payment_method=row["payment_method"],
    )


def _read_event(row: dict[str, Any]) -> Event:
    return Event(
        event_id=row["event_id"],
        title=row["title"],
        status=row["status"],
        category=row["category"],
        event_date=date.fromisoformat(row["event_date"]),
        start_time=row["start_time"],
        price_min=Decimal(row["price_min"]),
        price_max=Decimal(row["price_max"]),
        slots_available=row["slots_available"],
        is_premium=row["is_premium"],
        venue=row["venue_name"],
        neighborhood=row["neighborhood"],
        city=row["city"],
        parking=row["parking"],
    )


def _read_triage(row: dict[str, Any]) -> Triage:
    return Triage(
        urgency=row["urgency"],
        sentiment=row["sentiment"],
        rag_confidence=row["rag_confidence"] or 0,
        failed_attempts=row["failed_attempts"] or 0,
    )
