"""eventhub.db: members, their plans, venues, events, bookings and refunds.

`when` is a reserved word of SQL: write it "when" in a query of your own.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from data.models._schema import Money, Timestamp, at_least, between, name_constraints, one_of

PAYMENT_METHODS = ("credit_card", "paypal", "apple_pay", "google_pay")
TYPES: dict[Any, Any] = {datetime: Timestamp, Decimal: Money}


class Base(DeclarativeBase):
    """Every table of eventhub.db; `Base.metadata.create_all(engine)` makes them and the two views."""

    metadata = name_constraints()
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class DataSet(Base):
    """What this file belongs to: the same row in both databases."""

    __tablename__ = "data_set"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    as_of: Mapped[date] = mapped_column(comment="the day at whose start, 00:00:00 UTC, everything is seen")
    seed: Mapped[int] = mapped_column(BigInteger)
    volume: Mapped[str] = mapped_column(comment="full, portfolio or test")
    license: Mapped[str] = mapped_column(comment="by its SPDX name")
    data_hash: Mapped[str] = mapped_column(comment="of all rows; the answer key and scores name it")


class Plan(Base):
    """What a membership costs and allows, by tier."""

    __tablename__ = "plans"
    __table_args__ = (
        one_of("tier", ("basic", "premium")),
        at_least("monthly_price", 0, "real"),
        at_least("monthly_quota", 1),
    )

    tier: Mapped[str] = mapped_column(primary_key=True)
    monthly_price: Mapped[Decimal] = mapped_column(comment="membership fee, dollars a month")
    monthly_quota: Mapped[int] = mapped_column(comment="bookings held in a calendar month, at most")


class User(Base):
    """A member. Blocked members keep their bookings, all of them cancelled."""

    __tablename__ = "users"

    user_id: Mapped[str] = mapped_column(primary_key=True, comment="u_00001, u_00002, ...")
    full_name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str]
    city: Mapped[str] = mapped_column(comment="where the member lives, anywhere in the world")
    is_blocked: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="is_blocked"))
    created_at: Mapped[datetime] = mapped_column(comment="when the member joined")
    blocked_at: Mapped[datetime | None] = mapped_column(comment="null unless blocked")
    blocked_reason: Mapped[str | None]

    subscription: Mapped[Subscription] = relationship(back_populates="user")
    reservations: Mapped[list[Reservation]] = relationship(back_populates="user")


class Subscription(Base):
    """A member's plan; every member has one, whatever became of it."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        one_of("tier", ("basic", "premium")),
        one_of("status", ("active", "cancelled", "paused")),
        one_of("monthly_quota", (5, 10)),
        Index(None, "status", "tier"),
    )

    subscription_id: Mapped[str] = mapped_column(primary_key=True, comment="s_00001, s_00002, ...")
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), unique=True)
    tier: Mapped[str]
    status: Mapped[str]
    monthly_quota: Mapped[int] = mapped_column(comment="bookings held in a calendar month, at most")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="null while the plan is active")

    user: Mapped[User] = relationship(back_populates="subscription")


class Venue(Base):
    """A place for events in the San Francisco Bay Area."""

    __tablename__ = "venues"
    __table_args__ = (
        one_of("region", ("San Francisco", "East Bay", "South Bay")),
        at_least("capacity", 1),
        one_of("category", ("music", "theater", "comedy", "art", "sports", "conference")),
        Index(None, "city", "category"),
    )

    venue_id: Mapped[str] = mapped_column(primary_key=True, comment="v_00001, v_00002, ...")
    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str]
    neighborhood: Mapped[str]
    city: Mapped[str]
    region: Mapped[str]
    state: Mapped[str]
    capacity: Mapped[int] = mapped_column(comment="people the venue holds")
    category: Mapped[str]

    events: Mapped[list[Event]] = relationship(back_populates="venue")


class Event(Base):
    """An evening, or an afternoon, at a venue."""

    __tablename__ = "events"
    __table_args__ = (
        one_of("category", ("music", "theater", "comedy", "art", "sports", "workshop")),
        CheckConstraint("start_time GLOB '[0-2][0-9]:[0-5][0-9]' AND start_time < '24'", name="start_time"),
        at_least("duration_minutes", 1),
        at_least("price_min", 0, "real"),
        at_least("price_max", 0, "real"),
        at_least("total_tickets", 1),
        at_least("tickets_sold", 0),
        at_least("slots_available", 0),
        one_of("status", ("active", "soldout", "cancelled")),
        Index(None, "status", "event_date"),
        Index(None, "category", "event_date"),
        Index(None, "city", "event_date"),
    )

    event_id: Mapped[str] = mapped_column(primary_key=True, comment="e_00001, e_00002, ...")
    title: Mapped[str]
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(comment="the venue's, and workshop at a conference venue")
    venue_id: Mapped[str] = mapped_column(ForeignKey("venues.venue_id"), index=True)
    city: Mapped[str] = mapped_column(comment="the venue's")
    event_date: Mapped[date]
    start_time: Mapped[str] = mapped_column(comment="HH:MM, as the clock at the venue shows")
    when: Mapped[datetime] = mapped_column("when", comment="event_date and start_time put together")
    duration_minutes: Mapped[int]
    price_min: Mapped[Decimal] = mapped_column(comment="cheapest ticket, before the premium discount")
    price_max: Mapped[Decimal]
    total_tickets: Mapped[int]
    tickets_sold: Mapped[int] = mapped_column(comment="held by reservations, and sold outside of them")
    slots_available: Mapped[int] = mapped_column(comment="total_tickets - tickets_sold; 0 when cancelled")
    is_premium: Mapped[bool] = mapped_column(
        Boolean(create_constraint=True, name="is_premium"), comment="open to premium members only"
    )
    status: Mapped[str]

    venue: Mapped[Venue] = relationship(back_populates="events")
    reservations: Mapped[list[Reservation]] = relationship(back_populates="event")


class Reservation(Base):
    """A member's booking of an event; one a member and event."""

    __tablename__ = "reservations"
    __table_args__ = (
        UniqueConstraint("user_id", "event_id"),
        one_of("ticket_count", range(1, 7)),
        at_least("total_price", 0, "real"),
        one_of("status", ("confirmed", "cancelled", "pending")),
        one_of("payment_method", PAYMENT_METHODS),
        one_of("cancelled_by", ("member", "desk", "block")),
        Index(None, "event_id", "status"),
    )

    reservation_id: Mapped[str] = mapped_column(primary_key=True, comment="r_00001, r_00002, ...")
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    event_id: Mapped[str] = mapped_column(ForeignKey("events.event_id"))
    ticket_count: Mapped[int]
    total_price: Mapped[Decimal] = mapped_column(comment="ticket_count times a unit price, less the discount")
    status: Mapped[str] = mapped_column(comment="confirmed and pending ones hold their tickets")
    created_at: Mapped[datetime] = mapped_column(comment="when the booking was made")
    payment_method: Mapped[str]
    is_premium_booking: Mapped[bool] = mapped_column(
        Boolean(create_constraint=True, name="is_premium_booking"), comment="made with the premium discount"
    )
    cancelled_at: Mapped[datetime | None] = mapped_column(comment="null unless cancelled")
    cancelled_by: Mapped[str | None] = mapped_column(comment="the member, the desk in a ticket, or a block")

    user: Mapped[User] = relationship(back_populates="reservations")
    event: Mapped[Event] = relationship(back_populates="reservations")
    refunds: Mapped[list[Refund]] = relationship(back_populates="reservation")


class Refund(Base):
    """Money given back for a booking, by the policy of its day."""

    __tablename__ = "refunds"
    __table_args__ = (
        at_least("amount", 0, "real"),
        between("percent", 1, 100),
        one_of("ticket_count", range(1, 7)),
        one_of("method", PAYMENT_METHODS),
        one_of("status", ("requested", "paid")),
        Index(None, "status", "requested_at"),
    )

    refund_id: Mapped[str] = mapped_column(primary_key=True, comment="f_00001, f_00002, ...")
    reservation_id: Mapped[str] = mapped_column(ForeignKey("reservations.reservation_id"), index=True)
    amount: Mapped[Decimal] = mapped_column(comment="percent of what was paid for the seats")
    percent: Mapped[int] = mapped_column(comment="by the days of notice")
    ticket_count: Mapped[int] = mapped_column(comment="seats given back")
    method: Mapped[str] = mapped_column(comment="the payment method of the booking")
    status: Mapped[str]
    requested_at: Mapped[datetime]
    paid_at: Mapped[datetime | None] = mapped_column(comment="null while requested")
    ticket_id: Mapped[str | None] = mapped_column(comment="of udahub.db; null where no ticket asked for it")

    reservation: Mapped[Reservation] = relationship(back_populates="refunds")


class ViewBase(DeclarativeBase):
    """The views; apart from the tables, so that create_all makes no tables of them."""

    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class UserDetails(ViewBase):
    """A member with the plan, to read without a join (read only)."""

    __tablename__ = "user_details"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    city: Mapped[str]
    subscription_tier: Mapped[str]
    subscription_status: Mapped[str]
    monthly_quota: Mapped[int]
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime] = mapped_column(comment="created_at by its other name")
    subscription_started_at: Mapped[datetime]
    subscription_ended_at: Mapped[datetime | None]
    is_blocked: Mapped[bool]
    blocked_at: Mapped[datetime | None]
    blocked_reason: Mapped[str | None]


class ReservationDetails(ViewBase):
    """A booking with its member, event and venue, to read without a join (read only)."""

    __tablename__ = "reservation_details"

    reservation_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    user_email: Mapped[str]
    event_id: Mapped[str]
    event_title: Mapped[str]
    venue_id: Mapped[str]
    venue_name: Mapped[str]
    event_date: Mapped[date]
    ticket_count: Mapped[int]
    total_price: Mapped[Decimal]
    status: Mapped[str]
    created_at: Mapped[datetime]
    booking_date: Mapped[datetime] = mapped_column(comment="created_at by its other name")
    payment_method: Mapped[str]
    is_premium_booking: Mapped[bool]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]


VIEWS = {
    "user_details": """
        SELECT
            users.user_id, users.full_name, users.email, users.phone, users.city,
            subscriptions.tier AS subscription_tier, subscriptions.status AS subscription_status,
            subscriptions.monthly_quota, users.created_at, users.created_at AS joined_at,
            subscriptions.started_at AS subscription_started_at,
            subscriptions.ended_at AS subscription_ended_at, users.is_blocked,
            users.blocked_at, users.blocked_reason
        FROM users
        JOIN subscriptions ON subscriptions.user_id = users.user_id""",
    "reservation_details": """
        SELECT
            reservations.reservation_id, reservations.user_id, users.email AS user_email,
            reservations.event_id, events.title AS event_title, events.venue_id, venues.name AS venue_name,
            events.event_date, reservations.ticket_count, reservations.total_price, reservations.status,
            reservations.created_at, reservations.created_at AS booking_date,
            reservations.payment_method, reservations.is_premium_booking,
            reservations.cancelled_at, reservations.cancelled_by
        FROM reservations
        JOIN users ON users.user_id = reservations.user_id
        JOIN events ON events.event_id = reservations.event_id
        JOIN venues ON venues.venue_id = events.venue_id""",
}


@event.listens_for(Base.metadata, "after_create")
def create_views(target: MetaData, connection: Connection, **_: object) -> None:
    """Make the views once their tables are there."""
    for name, select in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW IF NOT EXISTS {name} AS{select}")


@event.listens_for(Base.metadata, "before_drop")
def drop_views(target: MetaData, connection: Connection, **_: object) -> None:
    """Take the views away before their tables."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def with_attendance() -> MetaData:
    """Return the tables of a build with a past season: reservations have attended_at (null where not attended), too."""
    metadata = name_constraints()
    for table in Base.metadata.tables.values():
        table.to_metadata(metadata)
    metadata.tables["reservations"].append_column(Column("attended_at", Timestamp, nullable=True))
    event.listen(metadata, "after_create", create_views)
    event.listen(metadata, "before_drop", drop_views)
    return metadata
