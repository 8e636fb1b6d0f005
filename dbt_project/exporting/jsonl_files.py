"""generated/*.jsonl: the wide entities with the keys of the guide, and the answer key of the tickets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from dbt_project.exporting.audit import ExportedTable, hash_file
from dbt_project.exporting.sql import by_number, columns_list, identifier, literal


@dataclass(frozen=True)
class JsonlFile:
    """A relation and its keys in the order of the guide's table; the first key is the id."""

    name: str
    schema: str
    keys: tuple[str, ...]


JSONL_FILES = (
    JsonlFile(
        "users",
        "main",
        (
            "user_id", "full_name", "email", "phone", "city", "subscription_tier", "subscription_status",
            "monthly_quota", "created_at", "joined_at", "subscription_started_at", "subscription_ended_at",
            "is_blocked",
        ),
    ),
    JsonlFile(
        "venues",
        "main",
        (
            "venue_id", "name", "address", "neighborhood", "city", "region", "state", "capacity", "category",
        ),
    ),
    JsonlFile(
        "events",
        "main",
        (
            "event_id", "title", "description", "venue_id", "venue_name", "city", "category", "event_date",
            "start_time", "when", "duration_minutes", "price_min", "price_max", "total_tickets",
            "tickets_sold", "slots_available", "is_premium", "status",
        ),
    ),
    JsonlFile(
        "reservations",
        "main",
        (
            "reservation_id", "user_id", "user_email", "event_id", "event_title", "venue_id", "venue_name",
            "event_date", "ticket_count", "total_price", "status", "booking_date", "payment_method",
            "is_premium_booking",
        ),
    ),
    JsonlFile(
        "kb_articles",
        "main",
        (
            "article_id", "title", "content", "category", "tags", "last_updated", "is_published",
            "view_count", "helpful_votes",
        ),
    ),
    JsonlFile(
        "tickets",
        "main",
        (
            "ticket_id", "user_id", "user_email", "category", "main_issue_type", "subject", "description",
            "reservation_id", "event_id", "event_title", "status", "priority", "created_at", "resolved_at",
            "agent_notes",
        ),
    ),
    JsonlFile(
        "ticket_labels",
        "analytics",
        (
            "ticket_id", "category", "main_issue_type", "expected_article_id", "also_accepted",
            "should_escalate", "escalation_reasons", "scenario", "facts", "action", "action_arguments",
            "difficulty", "split",
        ),
    ),
)  # fmt: skip


def write_jsonl(connection: DuckDBPyConnection, file: JsonlFile, path: Path) -> ExportedTable:
    """Write one object a line, in id order."""
    query = f"""
        select {columns_list(file.keys)}
        from {identifier(file.schema, file.name)}
        order by {by_number(file.keys[0])}
    """
    copied = connection.execute(
        f"copy ({query}) to {literal(path)} (format json, timestampformat '%Y-%m-%dT%H:%M:%S', use_tmp_file false)"
    ).fetchone()
    assert copied is not None  # copy always tells the count
    return ExportedTable(f"generated/{file.name}.jsonl", file.name, copied[0], hash_file(path), path.stat().st_size)
