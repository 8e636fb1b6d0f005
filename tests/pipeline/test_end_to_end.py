"""From the bundled content to both databases at the test volume: extract, dbt build, and what a reader finds."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.commands import run_dbt

TEST_COUNTS = {"users": 100, "venues": 8, "events": 20, "reservations": 200, "kb_articles": 12, "tickets": 40}
KEYS = {
    "users": """user_id full_name email phone city subscription_tier subscription_status monthly_quota joined_at
        created_at subscription_started_at subscription_ended_at is_blocked""",
    "venues": "venue_id name address neighborhood city region state capacity category",
    "events": """event_id title description venue_id venue_name city category event_date start_time when
        duration_minutes price_min price_max total_tickets tickets_sold slots_available is_premium status""",
    "reservations": """reservation_id user_id user_email event_id event_title venue_id venue_name event_date
        ticket_count total_price status booking_date payment_method is_premium_booking""",
    "kb_articles": "article_id title content category tags last_updated is_published view_count helpful_votes",
    "tickets": """ticket_id user_id user_email category main_issue_type subject description reservation_id event_id
        event_title status priority created_at resolved_at agent_notes""",
}


# What is known besides stands behind the guide's keys.
FURTHER_KEYS = {
    "users": "blocked_at blocked_reason",
    "reservations": "cancelled_at cancelled_by",
    "tickets": "assigned_agent first_response_at csat",
}


def read_lines(data_dir: Path, entity: str) -> list[dict[str, object]]:
    text = (data_dir / "generated" / f"{entity}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("entity", TEST_COUNTS)
def test_jsonl_has_every_row_with_the_guides_keys(built: Path, entity: str) -> None:
    lines = read_lines(built, entity)
    assert len(lines) == TEST_COUNTS[entity]
    keys, further = set(KEYS[entity].split()), FURTHER_KEYS.get(entity, "").split()
    for line in lines:
        assert set(list(line)[: len(keys)]) == keys
        assert list(line)[len(keys) :] == further


@pytest.mark.parametrize("database", ["eventhub", "udahub"])
def test_databases_are_whole(built: Path, database: str) -> None:
    with sqlite3.connect(built / f"{database}.db") as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_the_two_databases_answer_for_each_other(built: Path) -> None:
    links = [("users", "external_user_id", "users", "user_id")]
    links += [
        ("ticket_metadata", key, table, key)
        for key, table in (("reservation_id", "reservations"), ("event_id", "events"))
    ]
    with sqlite3.connect(built / "udahub.db") as connection:
        connection.execute("attach ? as eventhub", [str(built / "eventhub.db")])
        for table, column, target, key in links:
            lost = f"select {column} from main.{table} where {column} not in (select {key} from eventhub.{target})"
            assert connection.execute(lost).fetchall() == []


def test_the_warehouse_holds_what_the_contract_names(built: Path) -> None:
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as connection:
        counts = {entity: connection.execute(f"select count(*) from {entity}").fetchone() for entity in TEST_COUNTS}
        schemas = {schema for (schema,) in connection.execute("select schema_name from duckdb_schemas()").fetchall()}
    assert counts == {entity: (count,) for entity, count in TEST_COUNTS.items()}
    assert {"main", "eventhub", "udahub", "analytics"} <= schemas


def test_a_tenth_to_a_quarter_of_the_tickets_is_escalated(built: Path) -> None:
    with duckdb.connect(str(built / "warehouse.duckdb"), read_only=True) as connection:
        query = "select count(*) filter (where status = 'escalated') / count(*) from tickets"
        row = connection.execute(query).fetchone()
    assert row and 0.1 <= row[0] <= 0.25


def test_labels_are_in_neither_database(built: Path) -> None:
    for database in ("eventhub", "udahub"):
        with sqlite3.connect(built / f"{database}.db") as connection:
            columns = "select m.name || '.' || c.name from sqlite_master m, pragma_table_info(m.name) c"
            names = " ".join(name for (name,) in connection.execute(columns))
        assert "label" not in names and "scenario" not in names and "expected_article" not in names
    assert len(read_lines(built, "ticket_labels")) == TEST_COUNTS["tickets"]


def test_dbt_test_passes_on_what_was_built(built: Path) -> None:
    result = run_dbt(built, "test", "--quiet")
    assert result.returncode == 0, result.stdout


def test_every_unit_test_passes(built: Path) -> None:
    result = run_dbt(built, "test", "--quiet", "--resource-type", "unit_test")
    assert result.returncode == 0, result.stdout


def test_a_unit_test_fails_where_its_model_says_something_else(built: Path) -> None:
    """And it shows both; its columns are described, and no table is made for them."""
    words = ("test", "--resource-type", "unit_test", "--select", "int_events__sold")
    result = run_dbt(built, *words, "--log-level", "debug", "--vars", "{outside_sales_percent: 0}")
    assert result.returncode == 1
    assert "differs from" in result.stdout
    assert "describe (" in result.stdout and "create temporary table" not in result.stdout


def test_a_first_build_warns_of_nothing(built: Path) -> None:
    log = (built / "work" / "logs" / "dbt.log").read_text(encoding="utf-8")
    assert "[warn" not in log and "Traceback" not in log


def test_a_model_asks_for_the_rows_of_a_seed_once(built: Path) -> None:
    log = (built / "work" / "logs" / "dbt.log").read_text(encoding="utf-8").split("Command `dbt")[0]
    query = r'select [^\n]+ from "warehouse"\."seeds"[^\n]+ order by all'
    asked = re.findall(rf'"node_id": "model\.([^"]+)"[^\n]*\n\s*({query})', log)
    assert ("eventhub_data.texts_claimed", "claim_patterns") in {(model, query.split('"')[5]) for model, query in asked}
    assert [query for query, times in Counter(asked).items() if times > 1] == []
