"""What an agent may see of a ticket: its first message, and the rows of both databases that are no outcome of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from data.models import eventhub, open_session, udahub
from examples.policies import read_policies

# EventHub's clock: a customer's day is UTC less eight hours (DECISIONS.md, "Local time").
BEHIND_UTC = timedelta(hours=8)
ROWS_AT_ONCE = 500
BASIC_QUOTA = int(read_policies()["basic_monthly_quota"].value)


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
    """A request as it came in, with what the business knows on the day that it is worked on.

    That is the day of the data set for a ticket that waits. One that was solved is seen as it was just before its
    answer: what was done with it (ticket_actions) is taken back.

    Attributes:
        today: the day on which the ticket is worked on.
        bookings: all that the member has made by then, the newest first.
        booked_this_month: how many of them count for the quota of that month.
        booking: the one that the ticket is about.
        event: what the ticket is about, with or without a booking.
        triage: what the desk has measured, where the agent may see it.
    """

    ticket_id: str
    subject: str
    message: str
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
        as_of = datetime.combine(desk.scalars(select(udahub.DataSet.as_of)).one() or date.max, time())
        for start in range(0, len(ids), ROWS_AT_ONCE):
            rows = _find_tickets(desk, ids[start : start + ROWS_AT_ONCE])
            members = _find_members(business, [row.user.external_user_id for row in rows])
            events = _find_events(business, [_metadata(row).event_id for row in rows])
            for row in rows:
                event = events.get(_metadata(row).event_id)
                yield _describe(row, members[row.user.external_user_id], event, _find_moment(row, as_of), show_triage)


def _find_tickets(session: Session, ids: Sequence[str]) -> list[udahub.Ticket]:
    ticket = udahub.Ticket
    one, many = (ticket.ticket_metadata, ticket.user), (ticket.messages, ticket.actions)
    related = *map(joinedload, one), *map(selectinload, many)
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


def _find_moment(row: udahub.Ticket, as_of: datetime) -> datetime:
    """Find when a ticket is worked on: at its last answer if that solved it, else at the data set's moment."""
    if _metadata(row).status != "resolved":
        return as_of
    answers = [message.created_at for message in row.messages if message.role in ("ai", "agent")]
    return max(filter(None, answers), default=as_of)


def _read_booking(row: eventhub.Reservation, moment: datetime, done: set[str]) -> Booking:
    """Read a booking as it was at a moment, before what was done with it."""
    is_held = row.cancelled_at is not None and row.cancelled_at >= moment
    more = row.ticket_count + 1 if "change_party_size" in done else row.ticket_count
    return Booking(
        reservation_id=row.reservation_id,
        booked_on=_find_day(row.created_at),
        event_title=row.event.title,
        event_date=row.event.event_date,
        start_time=row.event.start_time,
        venue=row.event.venue.name,
        ticket_count=more,
        total_price=row.total_price * more / row.ticket_count,
        status="confirmed" if is_held else row.status,
        payment_method=row.payment_method,
    )


def _describe(
    row: udahub.Ticket, member: eventhub.User, event: Event | None, moment: datetime, show_triage: bool
) -> Ticket:
    metadata, plan = _metadata(row), member.subscription
    done = {action.action or "" for action in row.actions}
    made = [booking for booking in member.reservations if booking.created_at <= moment]
    made.sort(key=lambda booking: (booking.created_at, booking.reservation_id), reverse=True)
    bookings = [
        _read_booking(booking, moment, done if booking.reservation_id == metadata.reservation_id else set())
        for booking in made
    ]
    # The quota counts by months of UTC, unlike the days that customers speak of.
    month = [
        booking for booking, row in zip(bookings, made, strict=True) if f"{row.created_at:%Y-%m}" == f"{moment:%Y-%m}"
    ]
    linked = [booking for booking in bookings if booking.reservation_id == metadata.reservation_id]
    is_raised, ran_on = "upgrade" in done, bool(done & {"cancel_subscription", "pause_subscription"})
    return Ticket(
        ticket_id=row.ticket_id,
        subject=metadata.subject or "",
        message=row.messages[0].content or "",  # the later ones are outcomes
        today=_find_day(moment),
        user_id=member.user_id,
        full_name=member.full_name,
        email=member.email,
        is_blocked=member.is_blocked,
        tier="basic" if is_raised else plan.tier,
        subscription_status="active" if ran_on else plan.status,
        monthly_quota=BASIC_QUOTA if is_raised else plan.monthly_quota,
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
