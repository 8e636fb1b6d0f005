"""flat.db: the six wide entities as tables of one file, as public agents of an EventHub with one database read them.

Lists are text in JSON. Nothing but ids is required, so that such agents can add rows of their own.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data.models._schema import Timestamp, name_constraints

TYPES: dict[Any, Any] = {datetime: Timestamp}


class Base(DeclarativeBase):
    """Every table of flat.db."""

    metadata = name_constraints()
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class User(Base):
    """A member, with the subscription."""

    __tablename__ = "users"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None]
    city: Mapped[str | None]
    subscription_tier: Mapped[str | None]
    subscription_status: Mapped[str | None]
    monthly_quota: Mapped[int | None]
    created_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]
    subscription_started_at: Mapped[datetime | None]
    subscription_ended_at: Mapped[datetime | None]
    is_blocked: Mapped[bool | None]
    blocked_at: Mapped[datetime | None]
    blocked_reason: Mapped[str | None]


class Venue(Base):
    """A place for events."""

    __tablename__ = "venues"

    venue_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    address: Mapped[str | None]
    neighborhood: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    state: Mapped[str | None]
    capacity: Mapped[int | None]
    category: Mapped[str | None]


class Event(Base):
    """A performance, with the venue's name and city."""

    __tablename__ = "events"

    event_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    description: Mapped[str | None]
    venue_id: Mapped[str | None] = mapped_column(index=True)
    venue_name: Mapped[str | None]
    city: Mapped[str | None]
    category: Mapped[str | None]
    event_date: Mapped[date | None]
    start_time: Mapped[str | None]
    when: Mapped[datetime | None]
    duration_minutes: Mapped[int | None]
    price_min: Mapped[float | None]
    price_max: Mapped[float | None]
    total_tickets: Mapped[int | None]
    tickets_sold: Mapped[int | None]
    slots_available: Mapped[int | None]
    is_premium: Mapped[bool | None]
    status: Mapped[str | None]


class Reservation(Base):
    """A booking, with what is mostly asked of its member, event and venue."""

    __tablename__ = "reservations"

    reservation_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str | None] = mapped_column(index=True)
    user_email: Mapped[str | None]
    event_id: Mapped[str | None] = mapped_column(index=True)
    event_title: Mapped[str | None]
    venue_id: Mapped[str | None]
    venue_name: Mapped[str | None]
    event_date: Mapped[date | None]
    ticket_count: Mapped[int | None]
    total_price: Mapped[float | None]
    status: Mapped[str | None]
    booking_date: Mapped[datetime | None]
    payment_method: Mapped[str | None]
    is_premium_booking: Mapped[bool | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]


class KBArticle(Base):
    """An article."""

    __tablename__ = "kb_articles"

    article_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    content: Mapped[str | None]
    category: Mapped[str | None]
    tags: Mapped[str | None] = mapped_column(comment="a list in JSON")
    last_updated: Mapped[datetime | None]
    is_published: Mapped[bool | None]
    view_count: Mapped[int | None]
    helpful_votes: Mapped[int | None]


class Ticket(Base):
    """What a member wrote, and what became of it."""

    __tablename__ = "tickets"

    ticket_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str | None] = mapped_column(index=True)
    user_email: Mapped[str | None]
    category: Mapped[str | None]
    main_issue_type: Mapped[str | None]
    subject: Mapped[str | None]
    description: Mapped[str | None]
    reservation_id: Mapped[str | None]
    event_id: Mapped[str | None]
    event_title: Mapped[str | None]
    status: Mapped[str | None]
    priority: Mapped[str | None]
    created_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    agent_notes: Mapped[str | None]
    assigned_agent: Mapped[str | None]
    first_response_at: Mapped[datetime | None]
    csat: Mapped[int | None]
