"""What public agents of the UDA-Hub starter write, they can write here, and our own models read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from data.models import open_session, udahub
from tests.unit.schema import starter

ALL_MODELS = [mapper.class_ for mapper in udahub.Base.registry.mappers]

# One statement each, as such agents send them without SQLAlchemy. Only what the starter's tables have is given.
STATEMENTS = [
    "update ticket_metadata set status = 'closed', main_issue_type = 'billing' where ticket_id = 't_00001'",
    "update ticket_metadata set status = 'pending', updated_at = CURRENT_TIMESTAMP where ticket_id = 't_00001'",
    "update ticket_metadata set status = 'in progress' where ticket_id = 't_00001'",
    "update ticket_metadata set status = 'Resolved' where ticket_id = 't_00001'",
    "update ticket_metadata set status = 'escalated_to_human' where ticket_id = 't_00001'",
    "update ticket_metadata set main_issue_type = 'login' where ticket_id = 't_00001'",
    "update ticket_metadata set main_issue_type = 'general' where ticket_id = 't_00001'",
    "update ticket_metadata set main_issue_type = 'escalation', tags = 'escalation,human' where ticket_id = 't_00001'",
    "update ticket_metadata set main_issue_type = 'Refund Request / Billing Dispute' where ticket_id = 't_00001'",
    "update ticket_metadata set main_issue_type = null, tags = null where ticket_id = 't_00001'",
    "update ticket_metadata set urgency = 'normal' where ticket_id = 't_00001'",
    "update ticket_metadata set urgency = 'P1' where ticket_id = 't_00001'",
    """update ticket_metadata set tags = '["refund", "billing"]' where ticket_id = 't_00001'""",
    "update ticket_metadata set tags = '' where ticket_id = 't_00001'",
    "update ticket_metadata set updated_at = '2026-06-01T12:00:00.123456+00:00' where ticket_id = 't_00001'",
    "update ticket_metadata set updated_at = '2026-06-01T12:00:00Z' where ticket_id = 't_00001'",
    "update ticket_metadata set updated_at = datetime('now') where ticket_id = 't_00001'",
    "insert or replace into ticket_metadata (ticket_id, status, main_issue_type, tags) "
    "values ('t_00001', 'resolved', 'account', 'login, password')",
    "insert into ticket_metadata (ticket_id, status) values ('t_00001', 'open') "
    "on conflict (ticket_id) do update set status = 'reopened'",
    "update tickets set channel = 'web' where ticket_id = 't_00001'",
    "insert into tickets (ticket_id, account_id, user_id, channel) values ('T-9', 'eventhub', 'u_00001', 'web')",
    "insert into tickets (ticket_id, account_id, user_id, channel) values ('T-9', 'eventhub', 'u_00001', 'social')",
    "insert into tickets (ticket_id, account_id, user_id) "
    "values ('6f1c7a52-2f0f-4c7e-9df2-0a6a5d2c1b11', 'eventhub', 'u_00001')",
    "insert into tickets (ticket_id, account_id, user_id, channel, created_at) "
    "values ('T-9', 'eventhub', 'u_00001', 'Slack #support', '2026-06-01 12:00:00.000000')",
    "insert into ticket_messages (message_id, ticket_id, role, content) values ('msg-1', 't_00001', 'ai', 'Done.')",
    "insert into ticket_messages (message_id, ticket_id, role) values ('msg-1', 't_00001', 'system')",
    "insert into ticket_messages (message_id, ticket_id, role, content, created_at) "
    "values ('msg-1', 't_00001', 'agent', 'escalation: billing', '2026-06-01T12:00:00')",
    "insert into users (user_id, account_id, external_user_id, user_name) values ('U9', 'eventhub', 'x-9', 'Bo Li')",
    "insert into knowledge (article_id, account_id, title, content) values ('kb-9', 'eventhub', 'How to', 'Like so.')",
    "insert into knowledge (article_id, account_id, title, content, tags) "
    "values ('kb-9', 'eventhub', 'How to', 'Like so.', 'billing, login, escalation')",
    "insert into accounts (account_id, account_name) values ('cultpass', 'CultPass Card')",
    "delete from ticket_messages where ticket_id = 't_00001'",
    "create table if not exists escalations (ticket_id text primary key references tickets, reason text)",
    "create table if not exists long_term_memory (memory_id text, user_id text references users, content text)",
]


def resolve(session: Session) -> None:
    """Close a ticket with a last word."""
    ticket = session.get_one(starter.Ticket, "t_00001")
    ticket.ticket_metadata.status = "closed"
    ticket.ticket_metadata.main_issue_type = "billing"
    ticket.ticket_metadata.tags = "billing, refund"
    ticket.messages.append(starter.TicketMessage(message_id="ai-1", role=starter.RoleEnum.ai, content="Done."))


def open_ticket(session: Session) -> None:
    """Open a ticket of a known member, with its metadata and first message."""
    session.add(starter.Ticket(ticket_id="T-9", account_id="eventhub", user_id="u_00001", channel="web"))
    session.add(starter.TicketMetadata(ticket_id="T-9", status="pending", main_issue_type="login", tags=None))
    session.add(starter.TicketMessage(message_id="m-9", ticket_id="T-9", role=starter.RoleEnum.user, content="Hi"))


def add_member(session: Session) -> None:
    """Take in somebody new, with a ticket at once."""
    user = starter.User(user_id="U9", account_id="eventhub", external_user_id="x-9", user_name="Bo Li")
    user.tickets.append(starter.Ticket(ticket_id="T-9", account_id="eventhub", channel="social"))
    session.add(user)


def add_account(session: Session) -> None:
    """Set up another client with an article."""
    account = starter.Account(account_id="cultpass", account_name="CultPass Card")
    account.knowledge_articles.append(
        starter.Knowledge(article_id="kb-9", title="How to", content="Like so.", tags="general")
    )
    session.add(account)


def escalate(session: Session) -> None:
    """Hand a ticket over, with a moment of the agent's own clock."""
    ticket = session.scalars(select(starter.Ticket)).one()
    ticket.ticket_metadata.status = "escalated"
    ticket.ticket_metadata.updated_at = datetime.now(UTC).replace(tzinfo=None)
    ticket.messages.append(starter.TicketMessage(message_id="s-1", role="system", content="Escalated to a human."))


def open_as_starter(path: Path) -> Session:
    """Open a database as the starter does; a stricter agent lets SQLite look at foreign keys."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    event.listen(engine, "connect", lambda connection, _: connection.execute("pragma foreign_keys = on"))
    starter.Base.metadata.create_all(engine)
    return Session(engine)


def read_all(path: Path) -> int:
    """Read every column of every row through our own models."""
    with open_session(path) as session:
        rows = [row for model in ALL_MODELS for row in session.scalars(select(model))]
        moments = [row.created_at for row in rows if getattr(row, "created_at", None)]
        assert sorted(moments)[0] <= sorted(moments)[-1]  # all of one kind: they compare
        return len(rows)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_of_a_public_agent_is_taken(udahub_path: Path, statement: str) -> None:
    with closing(sqlite3.connect(udahub_path)) as connection, connection:
        connection.execute("pragma foreign_keys = on")
        connection.execute(statement)
    assert read_all(udahub_path) > 0


@pytest.mark.parametrize("work", [resolve, open_ticket, add_member, add_account, escalate])
def test_work_through_the_starters_models_is_taken(udahub_path: Path, work: Callable[[Session], None]) -> None:
    before = read_all(udahub_path)
    with open_as_starter(udahub_path) as session:
        work(session)
        session.commit()
    assert read_all(udahub_path) > before


def test_words_of_an_agents_own_are_read_as_they_were_written(udahub_path: Path) -> None:
    with open_as_starter(udahub_path) as session:
        session.get_one(starter.Ticket, "t_00001").channel = "web"
        resolve(session)
        session.commit()
    with open_session(udahub_path) as session:
        ticket = session.get_one(udahub.Ticket, "t_00001")
        assert ticket.ticket_metadata is not None
        assert (ticket.channel, ticket.ticket_metadata.status) == ("web", "closed")
        assert ticket.ticket_metadata.main_issue_type == "billing"


def test_the_starters_models_read_what_we_write(udahub_path: Path) -> None:
    with open_as_starter(udahub_path) as session:
        ticket = session.scalars(select(starter.Account)).one().tickets[0]
        assert ticket.ticket_metadata.status == "open"
        assert [message.role for message in ticket.messages] == [starter.RoleEnum.user, starter.RoleEnum.ai]
        assert isinstance(ticket.created_at, datetime)


def test_moments_of_another_zone_are_read_in_utc(udahub_path: Path) -> None:
    with closing(sqlite3.connect(udahub_path)) as connection, connection:
        connection.execute("update tickets set created_at = '2026-06-01T12:00:00-07:00'")
    with open_session(udahub_path) as session:
        assert session.get_one(udahub.Ticket, "t_00001").created_at == datetime(2026, 6, 1, 19)
