"""What an agent may see of a ticket: its first message, and the rows of both databases that are no outcome of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from data.models import eventhub, open_session, udahub

# EventHub's clock: a customer's day is UTC less eight hours (DECISIONS.md, "Local time").
BEHIND_UTC = timedelta(hours=8)
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
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
    venue_category: str
    neighborhood: str
    city: str


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Triage:
    """What the desk has measured; handed to an agent only where the exam allows it."""

    urgency: str | None
    sentiment: str | None
    rag_confidence: float
    failed_attempts: int


@dataclass(frozen=True)
class Ticket:
    """A request as it came in, with what the business knows on its day.

    Attributes:
        written_on: the day on which the member wrote.
        bookings: all that the member had made by then, the newest first.
        booked_this_month: how many of them count for the quota of the ticket's month.
        booking: the one that the ticket is about.
        event: what the ticket is about, with or without a booking.
        triage: what the desk has measured, where the agent may see it.
    """

    ticket_id: str
    subject: str
    message: str
    written_on: date
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


@dataclass(frozen=True)
class Article:
    """A help article."""

    article_id: str
    title: str
    content: str
    tags: str


def read_articles(data_dir: Path) -> list[Article]:
    """Read the published articles."""
    with open_session(data_dir / "udahub.db") as session:
        rows = session.scalars(select(udahub.Knowledge).where(udahub.Knowledge.is_published.is_not(False)))
        return [Article(row.article_id, row.title, row.content, row.tags or "") for row in rows]


def read_tickets(data_dir: Path, ids: Sequence[str], show_triage: bool = False) -> Iterator[Ticket]:
    """Read tickets, each with its member and its booking."""
    with open_session(data_dir / "udahub.db") as desk, open_session(data_dir / "eventhub.db") as business:
        for start in range(0, len(ids), ROWS_AT_ONCE):
            rows = _find_tickets(desk, ids[start : start + ROWS_AT_ONCE])
            members = _find_members(business, [row.user.external_user_id for row in rows])
            events = _find_events(business, [_metadata(row).event_id for row in rows])
            for row in rows:
                event = events.get(_metadata(row).event_id)
                yield _describe(row, members[row.user.external_user_id], event, show_triage)


def _find_tickets(session: Session, ids: Sequence[str]) -> list[udahub.Ticket]:
    ticket = udahub.Ticket
    related = joinedload(ticket.ticket_metadata), joinedload(ticket.user), selectinload(ticket.messages)
    return list(session.scalars(select(ticket).where(ticket.ticket_id.in_(ids)).options(*related)))


def _find_members(session: Session, ids: Sequence[str]) -> dict[str, eventhub.User]:
    user = eventhub.User
    bookings = selectinload(user.reservations).joinedload(eventhub.Reservation.event).joinedload(eventhub.Event.venue)
    query = select(user).where(user.user_id.in_(ids)).options(joinedload(user.subscription), bookings)
    return {row.user_id: row for row in session.scalars(query)}


def _find_events(session: Session, ids: Sequence[str | None]) -> dict[str | None, Event]:
    row = eventhub.Event
    found = session.scalars(select(row).where(row.event_id.in_(ids)).options(joinedload(row.venue)))
    return {
        row.event_id: Event(
            event_id=row.event_id,
            title=row.title,
            status=row.status,
            category=row.category,
            event_date=row.event_date,
            start_time=row.start_time,
            price_min=row.price_min,
            price_max=row.price_max,
            slots_available=row.slots_available,
            is_premium=row.is_premium,
            venue=row.venue.name,
            venue_category=row.venue.category,
            neighborhood=row.venue.neighborhood,
            city=row.venue.city,
        )
        for row in found
    }


def _read_booking(row: eventhub.Reservation) -> Booking:
    return Booking(
        reservation_id=row.reservation_id,
        booked_on=_find_day(row.created_at),
        event_title=row.event.title,
        event_date=row.event.event_date,
        start_time=row.event.start_time,
        venue=row.event.venue.name,
        ticket_count=row.ticket_count,
        total_price=row.total_price,
        status=row.status,
        payment_method=row.payment_method,
    )


def _describe(row: udahub.Ticket, member: eventhub.User, event: Event | None, show_triage: bool) -> Ticket:
    metadata, created_at = _metadata(row), row.created_at
    assert created_at is not None
    made = [booking for booking in member.reservations if booking.created_at <= created_at]
    made.sort(key=lambda booking: (booking.created_at, booking.reservation_id), reverse=True)
    # The quota counts by months of UTC, unlike the days that customers speak of.
    month = [booking for booking in made if f"{booking.created_at:%Y-%m}" == f"{created_at:%Y-%m}"]
    bookings = [_read_booking(booking) for booking in made]
    linked = [booking for booking in bookings if booking.reservation_id == metadata.reservation_id]
    return Ticket(
        ticket_id=row.ticket_id,
        subject=metadata.subject or "",
        message=row.messages[0].content or "",  # the later ones are outcomes
        written_on=_find_day(created_at),
        user_id=member.user_id,
        full_name=member.full_name,
        email=member.email,
        is_blocked=member.is_blocked,
        tier=member.subscription.tier,
        subscription_status=member.subscription.status,
        monthly_quota=member.subscription.monthly_quota,
        booked_this_month=sum(booking.status != "cancelled" for booking in month),
        bookings=bookings,
        booking=linked[0] if linked else None,
        event=event,
        triage=_read_triage(metadata) if show_triage else None,
    )


def _find_day(moment: datetime) -> date:
    return (moment - BEHIND_UTC).date()


def _metadata(row: udahub.Ticket) -> udahub.TicketMetadata:
    assert row.ticket_metadata is not None
    return row.ticket_metadata


def _read_triage(row: udahub.TicketMetadata) -> Triage:
    return Triage(row.urgency, row.sentiment, row.rag_confidence or 0, row.failed_attempts or 0)
