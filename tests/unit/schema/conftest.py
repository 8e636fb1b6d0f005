"""Two small databases, filled through the models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from data.models import eventhub, open_session, udahub

DATA_SET: dict[str, Any] = {
    "name": "eventhub-data", "version": "0.1.0", "as_of": date(2026, 6, 1), "seed": 42, "volume": "test",
    "license": "CC-BY-4.0", "data_hash": "d" * 64,
}  # fmt: skip
NOON = datetime(2026, 6, 1, 12, 0, 0)


def make_event(**changes: object) -> eventhub.Event:
    """An evening at v_00001."""
    values: dict[str, object] = {
        "event_id": "e_00001", "title": "Night Songs", "description": "Songs.", "category": "music",
        "venue_id": "v_00001", "city": "Oakland", "event_date": date(2026, 7, 4), "start_time": "19:30",
        "when": datetime(2026, 7, 4, 19, 30), "duration_minutes": 90, "price_min": Decimal("19.99"),
        "price_max": Decimal("45.00"), "total_tickets": 100, "tickets_sold": 2, "slots_available": 98,
        "is_premium": False, "status": "active",
    }  # fmt: skip
    return eventhub.Event(**values | changes)


def make_reservation(**changes: object) -> eventhub.Reservation:
    """Two tickets of u_00001 for e_00001."""
    values: dict[str, object] = {
        "reservation_id": "r_00001", "user_id": "u_00001", "event_id": "e_00001", "ticket_count": 2,
        "total_price": Decimal("39.98"), "status": "confirmed", "created_at": NOON,
        "payment_method": "paypal", "is_premium_booking": False,
    }  # fmt: skip
    return eventhub.Reservation(**values | changes)


def make_refund(**changes: object) -> eventhub.Refund:
    """What comes back for r_00001."""
    values: dict[str, object] = {
        "refund_id": "f_00001", "reservation_id": "r_00001", "amount": Decimal("19.99"), "percent": 50,
        "ticket_count": 2, "method": "paypal", "status": "requested", "requested_at": NOON,
    }  # fmt: skip
    return eventhub.Refund(**values | changes)


def fill_eventhub(session: Session) -> None:
    """One row a table."""
    user = eventhub.User(
        user_id="u_00001", full_name="Ana Ruiz", email="ana@example.com", phone="+1 415 555 0100",
        city="Lima", is_blocked=False, created_at=NOON,
    )  # fmt: skip
    user.subscription = eventhub.Subscription(
        subscription_id="s_00001", tier="basic", status="active", monthly_quota=5, started_at=NOON
    )
    venue = eventhub.Venue(
        venue_id="v_00001", name="The Shed", address="1 Dock St", neighborhood="Uptown", city="Oakland",
        region="East Bay", state="California", capacity=300, category="music",
    )  # fmt: skip
    session.add_all([user, venue, make_event(), make_reservation(), eventhub.DataSet(**DATA_SET)])
    session.add(make_refund())
    session.add(eventhub.Plan(tier="basic", monthly_price=Decimal("12.00"), monthly_quota=5))


def fill_udahub(session: Session) -> None:
    """A ticket with two messages, as the starter's agents write them: without times."""
    session.add(udahub.DataSet(**DATA_SET))
    session.add(udahub.Account(account_id="eventhub", account_name="EventHub"))
    session.add(udahub.User(user_id="u_00001", account_id="eventhub", external_user_id="u_00001", user_name="Ana Ruiz"))
    session.flush()
    ticket = udahub.Ticket(ticket_id="t_00001", account_id="eventhub", user_id="u_00001", channel="chat")
    ticket.ticket_metadata = udahub.TicketMetadata(status="open", tags="refund, music")
    session.add(ticket)
    for number, role in enumerate((udahub.RoleEnum.user, udahub.RoleEnum.ai), start=1):
        ticket.messages.append(udahub.TicketMessage(message_id=f"m_0000{number}", role=role, content=f"Turn {number}"))


def make_database(path: Path, models: type[eventhub.Base] | type[udahub.Base]) -> Path:
    """Create the schema."""
    engine = create_engine(f"sqlite:///{path}")
    models.metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def eventhub_path(tmp_path: Path) -> Path:
    """An eventhub.db with one row a table."""
    path = make_database(tmp_path / "eventhub.db", eventhub.Base)
    with open_session(path) as session:
        fill_eventhub(session)
        session.commit()
    return path


@pytest.fixture
def udahub_path(tmp_path: Path) -> Path:
    """A udahub.db with one open ticket."""
    path = make_database(tmp_path / "udahub.db", udahub.Base)
    with open_session(path) as session:
        fill_udahub(session)
        session.commit()
    return path


@pytest.fixture
def business(eventhub_path: Path) -> Iterator[Session]:
    """A session on eventhub.db."""
    with open_session(eventhub_path) as session:
        yield session


@pytest.fixture
def support(udahub_path: Path) -> Iterator[Session]:
    """A session on udahub.db."""
    with open_session(udahub_path) as session:
        yield session
