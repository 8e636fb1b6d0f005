"""The tables are those of the contract: columns and their order, keys, what may be null, what is checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Inspector, create_engine, inspect

from data.models import eventhub, udahub
from tests.unit.schema.conftest import make_database

EVENTHUB = {
    "data_set": "name version as_of seed volume license data_hash",
    "plans": "tier monthly_price monthly_quota",
    "users": "user_id full_name email phone city is_blocked created_at blocked_at blocked_reason",
    "subscriptions": "subscription_id user_id tier status monthly_quota started_at ended_at",
    "venues": "venue_id name address neighborhood city region state capacity category",
    "events": "event_id title description category venue_id city event_date start_time when duration_minutes"
    " price_min price_max total_tickets tickets_sold slots_available is_premium status",
    "reservations": "reservation_id user_id event_id ticket_count total_price status created_at"
    " payment_method is_premium_booking cancelled_at cancelled_by",
    "refunds": "refund_id reservation_id amount percent ticket_count method status requested_at paid_at ticket_id",
}
UDAHUB = {
    "data_set": "name version as_of seed volume license data_hash",
    "accounts": "account_id account_name created_at updated_at",
    "users": "user_id account_id external_user_id user_name created_at updated_at",
    "tickets": "ticket_id account_id user_id channel created_at",
    "ticket_metadata": "ticket_id status main_issue_type tags created_at updated_at category priority urgency"
    " sentiment rag_confidence failed_attempts escalation_reason subject reservation_id event_id resolved_at"
    " agent_notes assigned_agent first_response_at csat",
    "ticket_messages": "message_id ticket_id role content created_at",
    "ticket_actions": "action_id ticket_id action arguments actor created_at",
    "knowledge": "article_id account_id title content tags created_at updated_at category is_published"
    " view_count helpful_votes",
    "user_history": "history_id account_id user_id ticket_id interaction_type summary created_at",
}
NOT_NULL_UDAHUB = {
    "data_set": "name",
    "accounts": "account_id account_name",
    "users": "user_id account_id external_user_id user_name",
    "tickets": "ticket_id account_id user_id",
    "ticket_metadata": "ticket_id status",
    "ticket_messages": "message_id ticket_id role",
    "ticket_actions": "action_id ticket_id",
    "knowledge": "article_id account_id title content",
    "user_history": "history_id user_id",
}
FOREIGN_KEYS = {
    "eventhub": {
        "subscriptions.user_id": "users.user_id",
        "events.venue_id": "venues.venue_id",
        "reservations.user_id": "users.user_id",
        "reservations.event_id": "events.event_id",
        "refunds.reservation_id": "reservations.reservation_id",
    },
    "udahub": {
        "users.account_id": "accounts.account_id",
        "tickets.account_id": "accounts.account_id",
        "tickets.user_id": "users.user_id",
        "ticket_metadata.ticket_id": "tickets.ticket_id",
        "ticket_messages.ticket_id": "tickets.ticket_id",
        "ticket_actions.ticket_id": "tickets.ticket_id",
        "knowledge.account_id": "accounts.account_id",
        "user_history.account_id": "accounts.account_id",
        "user_history.user_id": "users.user_id",
        "user_history.ticket_id": "tickets.ticket_id",
    },
}
UNIQUE = {
    "eventhub": {
        "data_set": set(),
        "plans": set(),
        "users": {"email"},
        "subscriptions": {"user_id"},
        "venues": {"name"},
        "events": set(),
        "reservations": {"user_id event_id"},
        "refunds": set(),
    },
    "udahub": {
        "data_set": set(),
        "accounts": set(),
        "users": {"account_id external_user_id"},
        "tickets": set(),
        "ticket_metadata": set(),
        "ticket_messages": set(),
        "ticket_actions": set(),
        "knowledge": {"title"},
        "user_history": set(),
    },
}


@pytest.fixture
def inspectors(tmp_path: Path) -> Iterator[dict[str, Inspector]]:
    """What SQLite itself says of the two schemas."""
    engines = {
        name: create_engine(f"sqlite:///{make_database(tmp_path / f'{name}.db', models.Base)}")
        for name, models in (("eventhub", eventhub), ("udahub", udahub))
    }
    yield {name: inspect(engine) for name, engine in engines.items()}
    for engine in engines.values():
        engine.dispose()


@pytest.mark.parametrize(("name", "tables"), [("eventhub", EVENTHUB), ("udahub", UDAHUB)])
def test_tables_have_the_columns_of_the_contract_in_order(
    inspectors: dict[str, Inspector], name: str, tables: dict[str, str]
) -> None:
    inspector = inspectors[name]
    found = {
        table: " ".join(column["name"] for column in inspector.get_columns(table))
        for table in inspector.get_table_names()
    }
    assert found == tables


def test_only_the_starred_columns_of_udahub_are_not_null(inspectors: dict[str, Inspector]) -> None:
    inspector = inspectors["udahub"]
    for table, names in NOT_NULL_UDAHUB.items():
        columns = inspector.get_columns(table)
        assert {column["name"] for column in columns if not column["nullable"]} == set(names.split())


def test_in_eventhub_only_what_has_not_happened_may_be_null(inspectors: dict[str, Inspector]) -> None:
    inspector = inspectors["eventhub"]
    nullable = [
        f"{table}.{column['name']}"
        for table in EVENTHUB
        for column in inspector.get_columns(table)
        if column["nullable"]
    ]
    assert nullable == [
        "users.blocked_at",
        "users.blocked_reason",
        "subscriptions.ended_at",
        "reservations.cancelled_at",
        "reservations.cancelled_by",
        "refunds.paid_at",
        "refunds.ticket_id",
    ]


@pytest.mark.parametrize("name", ["eventhub", "udahub"])
def test_the_first_column_is_the_primary_key(inspectors: dict[str, Inspector], name: str) -> None:
    inspector = inspectors[name]
    for table in inspector.get_table_names():
        first = inspector.get_columns(table)[0]["name"]
        assert inspector.get_pk_constraint(table)["constrained_columns"] == [first]


@pytest.mark.parametrize("name", ["eventhub", "udahub"])
def test_foreign_keys_are_those_of_the_contract(inspectors: dict[str, Inspector], name: str) -> None:
    inspector = inspectors[name]
    found = {
        f"{table}.{key['constrained_columns'][0]}": f"{key['referred_table']}.{key['referred_columns'][0]}"
        for table in inspector.get_table_names()
        for key in inspector.get_foreign_keys(table)
    }
    assert found == FOREIGN_KEYS[name]


@pytest.mark.parametrize("name", ["eventhub", "udahub"])
def test_unique_columns_are_those_of_the_contract(inspectors: dict[str, Inspector], name: str) -> None:
    inspector = inspectors[name]
    found = {
        table: {" ".join(key["column_names"]) for key in inspector.get_unique_constraints(table)}
        for table in inspector.get_table_names()
    }
    assert found == UNIQUE[name]


def test_the_starters_names_are_kept(inspectors: dict[str, Inspector]) -> None:
    inspector = inspectors["udahub"]
    assert [key["name"] for key in inspector.get_unique_constraints("users")] == ["uq_user_external_per_account"]
    role = next(c for c in inspector.get_columns("ticket_messages") if c["name"] == "role")
    assert str(role["type"]) == "VARCHAR(6)"


@pytest.mark.parametrize("name", ["eventhub", "udahub"])
def test_what_stands_before_in_is_a_column(inspectors: dict[str, Inspector], name: str) -> None:
    """sqlacodegen reads enums out of CHECKs by this pattern, and ends with a KeyError where it is none."""
    inspector = inspectors[name]
    checks = [
        (table, str(check["sqltext"]))
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    ]
    assert len(checks) > 5
    for table, check in checks:
        found = re.match(r"(?:.*?\.)?(.*?) IN \((.+)\)", check)
        assert found is None or found[1] in {column["name"] for column in inspector.get_columns(table)}, check


def test_words_of_public_agents_are_not_checked(inspectors: dict[str, Inspector]) -> None:
    inspector = inspectors["udahub"]
    checked = {str(check["name"]) for table in UDAHUB for check in inspector.get_check_constraints(table)}
    assert checked == {
        "ck_knowledge_category", "ck_knowledge_helpful_votes", "ck_knowledge_is_published", "ck_knowledge_view_count",
        "ck_ticket_messages_role", "ck_ticket_metadata_category", "ck_ticket_metadata_csat",
        "ck_ticket_metadata_failed_attempts", "ck_ticket_metadata_priority", "ck_ticket_metadata_rag_confidence",
        "ck_ticket_metadata_sentiment",
    }  # fmt: skip


def test_the_views_are_not_tables(inspectors: dict[str, Inspector]) -> None:
    assert inspectors["eventhub"].get_view_names() == ["reservation_details", "user_details"]


def test_every_class_says_what_a_row_is() -> None:
    for base in (eventhub.Base, eventhub.ViewBase, udahub.Base):
        for mapper in base.registry.mappers:
            assert mapper.class_.__doc__, mapper.class_.__name__
