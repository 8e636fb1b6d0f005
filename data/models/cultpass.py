"""cultpass.db: members, subscriptions, events and bookings under the names of the UDA-Hub starter's external database.

Agents that were written for the starter's CultPass read it unchanged. Ids are those of eventhub.db and udahub.db.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from data.models._schema import Timestamp, name_constraints

TYPES: dict[Any, Any] = {datetime: Timestamp}


class Base(DeclarativeBase):
    """Every table of cultpass.db."""

    metadata = name_constraints()
    type_annotation_map: ClassVar[dict[Any, Any]] = TYPES


class User(Base):
    """A member."""

    __tablename__ = "users"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    is_blocked: Mapped[bool | None] = mapped_column(default=False)
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    subscription: Mapped[Subscription | None] = relationship(back_populates="user")
    reservations: Mapped[list[Reservation]] = relationship(back_populates="user")


class Subscription(Base):
    """A member's subscription."""

    __tablename__ = "subscriptions"

    subscription_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), unique=True)
    status: Mapped[str]
    tier: Mapped[str]
    monthly_quota: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    user: Mapped[User] = relationship(back_populates="subscription")


class Experience(Base):
    """An event; `location` is venue, neighborhood and city."""

    __tablename__ = "experiences"

    experience_id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str]
    location: Mapped[str]
    when: Mapped[datetime]
    slots_available: Mapped[int]
    is_premium: Mapped[bool]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    reservations: Mapped[list[Reservation]] = relationship(back_populates="experience")


class Reservation(Base):
    """A booking; the starter's word for a confirmed one is reserved."""

    __tablename__ = "reservations"

    reservation_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), index=True)
    experience_id: Mapped[str] = mapped_column(ForeignKey("experiences.experience_id"), index=True)
    status: Mapped[str]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    user: Mapped[User] = relationship(back_populates="reservations")
    experience: Mapped[Experience] = relationship(back_populates="reservations")
