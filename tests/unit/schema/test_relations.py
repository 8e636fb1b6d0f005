"""Relations and views lead where the contract says."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.orm import Session

from data.models import eventhub, open_session, udahub


def test_a_ticket_leads_to_all_that_is_known_of_it(support: Session) -> None:
    account = support.get_one(udahub.Account, "eventhub")
    ticket = account.users[0].tickets[0]
    support.add(udahub.UserHistory(history_id="h_00001", user_id="u_00001", ticket_id="t_00001"))
    support.flush()
    assert account.tickets == [ticket] and account.knowledge_articles == []
    assert ticket.ticket_metadata is not None and ticket.ticket_metadata.ticket is ticket
    assert [message.ticket for message in ticket.messages] == [ticket, ticket]
    assert [entry.history_id for entry in ticket.user.history] == ["h_00001"]


def test_a_reservation_leads_to_member_event_and_venue(business: Session) -> None:
    reservation = business.get_one(eventhub.Reservation, "r_00001")
    assert reservation.user.subscription.tier == "basic"
    assert reservation.event.venue.events == [reservation.event]
    assert reservation.user.reservations == reservation.event.reservations == [reservation]


def test_user_details_joins_the_plan(business: Session) -> None:
    details = business.scalars(select(eventhub.UserDetails)).one()
    assert (details.user_id, details.subscription_tier, details.monthly_quota) == ("u_00001", "basic", 5)
    assert details.joined_at == details.created_at
    assert details.subscription_ended_at is None


def test_reservation_details_joins_member_event_and_venue(business: Session) -> None:
    details = business.scalars(select(eventhub.ReservationDetails)).one()
    assert (details.user_email, details.event_title) == ("ana@example.com", "Night Songs")
    assert (details.venue_id, details.venue_name) == ("v_00001", "The Shed")
    assert str(details.event_date) == "2026-07-04"


def test_creating_and_dropping_everything_takes_the_views_along(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'new.db'}")
    eventhub.Base.metadata.create_all(engine)
    eventhub.Base.metadata.create_all(engine)  # the starter's agents call it each time they connect
    assert len(inspect(engine).get_view_names()) == 2
    eventhub.Base.metadata.drop_all(engine)
    assert inspect(engine).get_view_names() == inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_missing_database_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing\.db is missing\. Make it with: make run"):
        open_session(tmp_path / "nothing.db")
    assert not (tmp_path / "nothing.db").exists()
