"""udahub.db: the support desk.

Six tables as agents written for the UDA-Hub starter know them, ticket_actions, user_history, and data_set. Columns
beyond the starter's may be null, so that an agent need not know of them. Channel, status, main issue type and urgency
take any text: such agents write words of their own there (closed, billing, web), and what we write is proved by
dbt's rules.
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Boolean, Enum, ForeignKey, Index, Text, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from data.models._schema import Timestamp, at_least, between, name_constraints, one_of


class Base(DeclarativeBase):
    """Every table of udahub.db; `Base.metadata.create_all(engine)` makes them."""

    metadata = name_constraints()
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Timestamp}


class DataSet(Base):
    """What this file belongs to: the same row in both databases."""

    __tablename__ = "data_set"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str | None]
    as_of: Mapped[date | None]
    seed: Mapped[int | None] = mapped_column(BigInteger)
    volume: Mapped[str | None]
    license: Mapped[str | None]
    data_hash: Mapped[str | None]


class RoleEnum(enum.StrEnum):
    """Who speaks; each member equals its text."""

    user = "user"
    agent = "agent"
    ai = "ai"
    system = "system"


class Account(Base):
    """A client of the support desk; here the one account `eventhub`."""

    __tablename__ = "accounts"

    account_id: Mapped[str] = mapped_column(primary_key=True)
    account_name: Mapped[str]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now(), onupdate=func.now())

    users: Mapped[list[User]] = relationship(back_populates="account")
    tickets: Mapped[list[Ticket]] = relationship(back_populates="account")
    knowledge_articles: Mapped[list[Knowledge]] = relationship(back_populates="account")


class User(Base):
    """A member as the support desk knows them."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("account_id", "external_user_id", name="uq_user_external_per_account"),)

    user_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id"))
    external_user_id: Mapped[str] = mapped_column(index=True, comment="users.user_id of eventhub.db")
    user_name: Mapped[str] = mapped_column(comment="users.full_name of eventhub.db")
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now(), onupdate=func.now())

    account: Mapped[Account] = relationship(back_populates="users")
    tickets: Mapped[list[Ticket]] = relationship(back_populates="user", order_by="Ticket.created_at")
    history: Mapped[list[UserHistory]] = relationship(back_populates="user", order_by="UserHistory.created_at")


class Ticket(Base):
    """A conversation with a member; what is known about it stands in ticket_metadata."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index(None, "user_id", "created_at"),
        Index(None, "account_id", "created_at"),
    )

    ticket_id: Mapped[str] = mapped_column(primary_key=True, comment="t_00001, t_00002, ...")
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    channel: Mapped[str | None]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    account: Mapped[Account] = relationship(back_populates="tickets")
    user: Mapped[User] = relationship(back_populates="tickets")
    ticket_metadata: Mapped[TicketMetadata | None] = relationship(back_populates="ticket")
    messages: Mapped[list[TicketMessage]] = relationship(back_populates="ticket", order_by="TicketMessage.created_at")
    actions: Mapped[list[TicketAction]] = relationship(back_populates="ticket", order_by="TicketAction.created_at")


class TicketMetadata(Base):
    """Where a ticket stands and what it is about."""

    __tablename__ = "ticket_metadata"
    __table_args__ = (
        one_of("category", ("refund", "cancellation", "technical", "general", "complaint")),
        one_of("priority", ("low", "medium", "high", "urgent")),
        one_of("sentiment", ("positive", "neutral", "negative", "very_negative")),
        between("rag_confidence", 0, 1),
        at_least("failed_attempts", 0),
        between("csat", 1, 5),
        Index(None, "status", "priority"),
    )

    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.ticket_id"), primary_key=True)
    status: Mapped[str]
    main_issue_type: Mapped[str | None] = mapped_column(comment="what it is about, for routing")
    tags: Mapped[str | None] = mapped_column(Text, comment="separated by a comma and a space")
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now(), onupdate=func.now())
    category: Mapped[str | None] = mapped_column(comment="what the member wants")
    priority: Mapped[str | None]
    urgency: Mapped[str | None] = mapped_column(comment="critical is a reason to escalate")
    sentiment: Mapped[str | None] = mapped_column(comment="very_negative is a reason to escalate")
    rag_confidence: Mapped[float | None] = mapped_column(
        comment="how well the best article covers the ticket's words; below 0.4 is a reason to escalate"
    )
    failed_attempts: Mapped[int | None] = mapped_column(comment="answers that did not help; 2 are a reason to escalate")
    escalation_reason: Mapped[str | None] = mapped_column(comment="reasons, separated by a comma and a space")
    subject: Mapped[str | None]
    reservation_id: Mapped[str | None] = mapped_column(index=True, comment="reservations of eventhub.db")
    event_id: Mapped[str | None] = mapped_column(index=True, comment="events of eventhub.db")
    resolved_at: Mapped[datetime | None]
    agent_notes: Mapped[str | None] = mapped_column(Text, comment="for colleagues; members never see them")
    assigned_agent: Mapped[str | None] = mapped_column(comment="name of the agent who wrote in the conversation")
    first_response_at: Mapped[datetime | None] = mapped_column(comment="first message of the assistant or an agent")
    csat: Mapped[int | None] = mapped_column(comment="how the member rated it, 1 to 5, once resolved")

    ticket: Mapped[Ticket] = relationship(back_populates="ticket_metadata")


class TicketMessage(Base):
    """One turn of a conversation."""

    __tablename__ = "ticket_messages"
    __table_args__ = (
        one_of("role", [role.value for role in RoleEnum]),
        Index(None, "ticket_id", "created_at"),
    )

    message_id: Mapped[str] = mapped_column(primary_key=True, comment="m_00001, m_00002, ...")
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.ticket_id"))
    role: Mapped[RoleEnum] = mapped_column(Enum(RoleEnum, native_enum=False, length=6))
    content: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    ticket: Mapped[Ticket] = relationship(back_populates="messages")


class Knowledge(Base):
    """A help article."""

    __tablename__ = "knowledge"
    __table_args__ = (
        one_of("category", ("policy", "how-to", "faq", "troubleshooting")),
        at_least("view_count", 0),
        at_least("helpful_votes", 0),
        Index(None, "account_id", "category"),
    )

    article_id: Mapped[str] = mapped_column(primary_key=True, comment="kb_00001, kb_00002, ...")
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.account_id"))
    title: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str] = mapped_column(Text, comment="paragraphs, a blank line between them")
    tags: Mapped[str | None] = mapped_column(Text, comment="separated by a comma and a space")
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime | None] = mapped_column(server_default=func.now(), onupdate=func.now())
    category: Mapped[str | None]
    is_published: Mapped[bool | None] = mapped_column(Boolean(create_constraint=True, name="is_published"))
    view_count: Mapped[int | None]
    helpful_votes: Mapped[int | None]

    account: Mapped[Account] = relationship(back_populates="knowledge_articles")


class TicketAction(Base):
    """What was done in a ticket; its effects stand in eventhub.db."""

    __tablename__ = "ticket_actions"

    action_id: Mapped[str] = mapped_column(primary_key=True, comment="a_00001, a_00002, ...")
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.ticket_id"), index=True)
    action: Mapped[str | None] = mapped_column(comment="issue_refund, escalate, ...")
    arguments: Mapped[dict[str, str] | None] = mapped_column(JSON, comment="names and values, as an object")
    actor: Mapped[str | None] = mapped_column(comment="ai, agent or member")
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    ticket: Mapped[Ticket] = relationship(back_populates="actions")


class UserHistory(Base):
    """What happened to a member before: bookings, plans, tickets."""

    __tablename__ = "user_history"
    __table_args__ = (Index(None, "user_id", "created_at"),)

    history_id: Mapped[str] = mapped_column(primary_key=True, comment="h_00001, h_00002, ...")
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.account_id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    ticket_id: Mapped[str | None] = mapped_column(ForeignKey("tickets.ticket_id"), index=True)
    interaction_type: Mapped[str | None] = mapped_column(comment="booking, ticket_opened, ...")
    summary: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())

    user: Mapped[User] = relationship(back_populates="history")
