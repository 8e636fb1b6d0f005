"""What an agent writes through the models is stored as the contract says, and read back as it was."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from data.models import eventhub, open_session, udahub
from tests.unit.schema.conftest import NOON


def read_raw(path: Path, query: str) -> list[tuple[object, ...]]:
    """Read without SQLAlchemy, as the bytes are."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_an_event_is_stored_in_the_formats_of_the_contract(eventhub_path: Path) -> None:
    stored = read_raw(eventhub_path, 'select event_date, "when", price_min, price_max, is_premium from events')
    assert stored == [("2026-07-04", "2026-07-04 19:30:00", 19.99, 45.0, 0)]


def test_an_event_is_read_back_as_it_was_written(business: Session) -> None:
    event = business.get_one(eventhub.Event, "e_00001")
    assert (event.event_date, event.when) == (date(2026, 7, 4), datetime(2026, 7, 4, 19, 30))
    assert (str(event.price_min), str(event.price_max)) == ("19.99", "45.00")
    assert event.is_premium is False


def test_times_lose_microseconds_and_are_utc(eventhub_path: Path) -> None:
    pacific = timezone(timedelta(hours=-7))
    with open_session(eventhub_path) as session:
        user = session.get_one(eventhub.User, "u_00001")
        user.created_at = datetime(2026, 6, 1, 17, 0, 0, 987654, tzinfo=pacific)
        session.commit()
    assert read_raw(eventhub_path, "select created_at from users") == [("2026-06-02 00:00:00",)]


@pytest.mark.parametrize(("price", "stored"), [(Decimal("10.005"), 10.01), (7, 7.0), (0.1 + 0.2, 0.3), ("12.5", 12.5)])
def test_money_is_stored_to_the_cent(eventhub_path: Path, price: Decimal | float, stored: float) -> None:
    with open_session(eventhub_path) as session:
        session.get_one(eventhub.Reservation, "r_00001").total_price = price  # type: ignore[assignment]
        session.commit()
    assert read_raw(eventhub_path, "select total_price, typeof(total_price) from reservations") == [(stored, "real")]


def test_times_left_out_are_those_of_the_database(udahub_path: Path) -> None:
    times = read_raw(udahub_path, "select created_at from ticket_messages union all select updated_at from users")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", str(time)) for (time,) in times)


@pytest.mark.parametrize(("moment", "count"), [("2026-06-01 12:00:00", 1), ("2026-06-01 11:59:59", 0)])
def test_times_compare_as_text(eventhub_path: Path, moment: str, count: int) -> None:
    query = f"select count(*) from reservations where created_at <= '{moment}'"
    assert read_raw(eventhub_path, query) == [(count,)]


def test_roles_are_stored_in_lower_case_and_read_as_members(support: Session, udahub_path: Path) -> None:
    messages = support.get_one(udahub.Ticket, "t_00001").messages
    assert [message.role for message in messages] == [udahub.RoleEnum.user, udahub.RoleEnum.ai]
    assert messages[-1].role == "ai" and messages[-1].content == "Turn 2"
    assert read_raw(udahub_path, "select role from ticket_messages") == [("user",), ("ai",)]


def test_a_change_moves_updated_at(support: Session) -> None:
    user = support.get_one(udahub.User, "u_00001")
    user.updated_at = NOON
    support.commit()
    user.user_name = "Ana Maria Ruiz"
    support.commit()
    assert user.updated_at is not None and user.updated_at != NOON
