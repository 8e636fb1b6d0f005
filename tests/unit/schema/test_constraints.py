"""A wrong value is refused by the database itself, whatever program writes it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.unit.schema.conftest import make_event, make_reservation

WRONG_IN_EVENTHUB = [
    ("plans", "tier", "gold"),
    ("plans", "monthly_price", -1),
    ("plans", "monthly_quota", 0),
    ("users", "is_blocked", 2),
    ("subscriptions", "tier", "gold"),
    ("subscriptions", "status", "expired"),
    ("subscriptions", "monthly_quota", 6),
    ("venues", "region", "North Bay"),
    ("venues", "capacity", 0),
    ("venues", "capacity", "plenty"),
    ("venues", "category", "workshop"),
    ("events", "category", "conference"),
    ("events", "start_time", "7:30"),
    ("events", "start_time", "24:00"),
    ("events", "duration_minutes", 0),
    ("events", "price_min", -1),
    ("events", "price_max", "free"),
    ("events", "total_tickets", 0),
    ("events", "tickets_sold", -1),
    ("events", "slots_available", -1),
    ("events", "is_premium", "yes"),
    ("events", "status", "sold out"),
    ("reservations", "ticket_count", 7),
    ("reservations", "ticket_count", 0),
    ("reservations", "ticket_count", 1.5),
    ("reservations", "total_price", -0.01),
    ("reservations", "total_price", "free"),
    ("reservations", "status", "Confirmed"),
    ("reservations", "payment_method", "cash"),
    ("reservations", "is_premium_booking", -1),
    ("reservations", "cancelled_by", "agent"),
    ("refunds", "amount", -0.01),
    ("refunds", "percent", 0),
    ("refunds", "percent", 101),
    ("refunds", "ticket_count", 7),
    ("refunds", "method", "cash"),
    ("refunds", "status", "approved"),
]
WRONG_IN_UDAHUB = [
    ("ticket_metadata", "category", "other"),
    ("ticket_metadata", "priority", "critical"),
    ("ticket_metadata", "sentiment", "Very Negative"),
    ("ticket_metadata", "rag_confidence", 1.01),
    ("ticket_metadata", "rag_confidence", "high"),
    ("ticket_metadata", "failed_attempts", -1),
    ("ticket_metadata", "failed_attempts", "twice"),
    ("ticket_metadata", "failed_attempts", 1.5),
    ("ticket_messages", "role", "assistant"),
]


def name_case(value: object) -> str:
    """Name a case after its table, column or value."""
    return str(value)


def update(path: Path, table: str, column: str, value: object) -> None:
    """Write past SQLAlchemy."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"update {table} set {column} = ?", [value])


@pytest.mark.parametrize(("table", "column", "value"), WRONG_IN_EVENTHUB, ids=name_case)
def test_eventhub_refuses(eventhub_path: Path, table: str, column: str, value: object) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK constraint failed: ck_{table}_{column}"):
        update(eventhub_path, table, column, value)


@pytest.mark.parametrize(("table", "column", "value"), WRONG_IN_UDAHUB, ids=name_case)
def test_udahub_refuses(udahub_path: Path, table: str, column: str, value: object) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK constraint failed: ck_{table}_{column}"):
        update(udahub_path, table, column, value)


@pytest.mark.parametrize("column", ["main_issue_type", "category", "urgency", "rag_confidence"])
def test_what_the_starter_does_not_know_may_be_null(udahub_path: Path, column: str) -> None:
    update(udahub_path, "ticket_metadata", column, None)


def test_a_member_books_an_event_once(business: Session) -> None:
    business.add(make_reservation(reservation_id="r_00002"))
    with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: reservations\.user_id"):
        business.flush()


def test_a_session_enforces_foreign_keys(business: Session) -> None:
    business.add(make_event(event_id="e_00002", venue_id="v_99999"))
    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        business.flush()
