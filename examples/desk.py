"""What an agent may see of a ticket: its first message, and the rows of both databases that are no outcome of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from data.models import eventhub, open_session, udahub

# The house's clock: a customer's day is UTC less eight hours (DECISIONS.md, "Local time").
BEHIND_UTC = timedelta(hours=8)
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Booking:
    """The booking that a ticket is about, with its event."""

    reservation_id: str
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
    """A request as it came in."""

    ticket_id: str
    subject: str
    message: str
    written_on: date
    user_id: str
    email: str
    tier: str
    monthly_quota: int
    booking: Booking | None
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
            bookings = _find_bookings(business, [_metadata(row).reservation_id for row in rows])
            for row in rows:
                booking = bookings.get(_metadata(row).reservation_id)
                yield _describe(row, members[row.user.external_user_id], booking, show_triage)


def _find_tickets(session: Session, ids: Sequence[str]) -> list[udahub.Ticket]:
    ticket = udahub.Ticket
    related = joinedload(ticket.ticket_metadata), joinedload(ticket.user), selectinload(ticket.messages)
    return list(session.scalars(select(ticket).where(ticket.ticket_id.in_(ids)).options(*related)))


def _find_members(session: Session, ids: Sequence[str]) -> dict[str, eventhub.User]:
    user = eventhub.User
    query = select(user).where(user.user_id.in_(ids)).options(joinedload(user.subscription))
    return {row.user_id: row for row in session.scalars(query)}


def _find_bookings(session: Session, ids: Sequence[str | None]) -> dict[str | None, Booking]:
    row = eventhub.Reservation
    related = joinedload(row.event).joinedload(eventhub.Event.venue)
    found = session.scalars(select(row).where(row.reservation_id.in_(ids)).options(related))
    return {
        row.reservation_id: Booking(
            reservation_id=row.reservation_id,
            event_title=row.event.title,
            event_date=row.event.event_date,
            start_time=row.event.start_time,
            venue=row.event.venue.name,
            ticket_count=row.ticket_count,
            total_price=row.total_price,
            status=row.status,
            payment_method=row.payment_method,
        )
        for row in found
    }


def _describe(row: udahub.Ticket, member: eventhub.User, booking: Booking | None, show_triage: bool) -> Ticket:
    metadata, created_at = _metadata(row), row.created_at
    assert created_at is not None
    return Ticket(
        ticket_id=row.ticket_id,
        subject=metadata.subject or "",
        message=row.messages[0].content or "",  # the later ones are outcomes
        written_on=(created_at - BEHIND_UTC).date(),
        user_id=member.user_id,
        email=member.email,
        tier=member.subscription.tier,
        monthly_quota=member.subscription.monthly_quota,
        booking=booking,
        triage=_read_triage(metadata) if show_triage else None,
    )


def _metadata(row: udahub.Ticket) -> udahub.TicketMetadata:
    assert row.ticket_metadata is not None
    return row.ticket_metadata


def _read_triage(row: udahub.TicketMetadata) -> Triage:
    return Triage(row.urgency, row.sentiment, row.rag_confidence or 0, row.failed_attempts or 0)
