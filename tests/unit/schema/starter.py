"""The models that agents of the UDA-Hub starter bring along: six tables, columns as the starter has them."""

from __future__ import annotations

import enum
from typing import Any

from sqlalchemy import Column, DateTime, Enum, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy.sql import func

Base: Any = declarative_base()


class RoleEnum(enum.Enum):
    """Who speaks."""

    user = "user"
    agent = "agent"
    ai = "ai"
    system = "system"


class Account(Base):
    """A client of the support desk."""

    __tablename__ = "accounts"
    account_id = Column(String, primary_key=True)
    account_name = Column(String, nullable=False)
    created_at = Column(DateTime, default=func.now())
    updated_at = Column(DateTime, default=func.now(), onupdate=func.now())
    users = relationship("User", back_populates="account")
    tickets = relationship("Ticket", back_populates="account")
    knowledge_articles = relationship("Knowledge", back_populates="account")


class User(Base):
    """A member."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("account_id", "external_user_id", name="uq_user_external_per_account"),)
    user_id = Column(String, primary_key=True)
    account_id = Column(String, ForeignKey("accounts.account_id"), nullable=False)
    external_user_id = Column(String, nullable=False)
    user_name = Column(String, nullable=False)
    created_at = Column(DateTime, default=func.now())
    updated_at = Column(DateTime, default=func.now(), onupdate=func.now())
    account = relationship("Account", back_populates="users")
    tickets = relationship("Ticket", back_populates="user")


class Ticket(Base):
    """A conversation."""

    __tablename__ = "tickets"
    ticket_id = Column(String, primary_key=True)
    account_id = Column(String, ForeignKey("accounts.account_id"), nullable=False)
    user_id = Column(String, ForeignKey("users.user_id"), nullable=False)
    channel = Column(String)
    created_at = Column(DateTime, default=func.now())
    account = relationship("Account", back_populates="tickets")
    user = relationship("User", back_populates="tickets")
    ticket_metadata = relationship("TicketMetadata", back_populates="ticket", uselist=False)
    messages = relationship("TicketMessage", back_populates="ticket")


class TicketMetadata(Base):
    """Where a ticket stands."""

    __tablename__ = "ticket_metadata"
    ticket_id = Column(String, ForeignKey("tickets.ticket_id"), primary_key=True)
    status = Column(String, nullable=False)
    main_issue_type = Column(String)
    tags = Column(String)
    created_at = Column(DateTime, default=func.now())
    updated_at = Column(DateTime, default=func.now(), onupdate=func.now())
    ticket = relationship("Ticket", back_populates="ticket_metadata")


class TicketMessage(Base):
    """One turn."""

    __tablename__ = "ticket_messages"
    message_id = Column(String, primary_key=True)
    ticket_id = Column(String, ForeignKey("tickets.ticket_id"), nullable=False)
    role = Column(Enum(RoleEnum, name="role_enum"), nullable=False)
    content = Column(Text)
    created_at = Column(DateTime, default=func.now())
    ticket = relationship("Ticket", back_populates="messages")


class Knowledge(Base):
    """A help article."""

    __tablename__ = "knowledge"
    article_id = Column(String, primary_key=True)
    account_id = Column(String, ForeignKey("accounts.account_id"), nullable=False)
    title = Column(String, nullable=False)
    content = Column(Text, nullable=False)
    tags = Column(String)
    created_at = Column(DateTime, default=func.now())
    updated_at = Column(DateTime, default=func.now(), onupdate=func.now())
    account = relationship("Account", back_populates="knowledge_articles")
