"""What goes into generated/: the wide entities, keys of the guide first; refunds, plans, actions; the answer key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from duckdb import DuckDBPyConnection

from export.past_season import ATTENDED_AT, has_past_season
from export.sql import WORDS, by_number, columns_list, fetch_row, identifier


@dataclass(frozen=True, kw_only=True)
class EntityFile:
    """A relation and its keys in the order of the guide's table; the first key is the id.

    A foreign key is a key, the table it points to, and that table's id.
    """

    name: str
    schema: str
    keys: tuple[str, ...]
    foreign_keys: tuple[tuple[str, str, str], ...] = ()

    @property
    def relation(self) -> str:
        """The table as SQL names it."""
        return identifier(self.schema, self.name)

    def select(self, condition: str = "true", *, is_in_order: bool = False) -> str:
        """Return the query of its rows in id order; it sorts them unless the table is in order itself."""
        rows = f"select {columns_list(self.keys)} from {self.relation} where {condition}"
        return rows if is_in_order else f"{rows} order by {by_number(self.keys[0])}"

    def is_in_order(self, connection: DuckDBPyConnection) -> bool:
        """Tell whether it is a table whose ids count its rows: each differs from its row's place by the same number."""
        found = "from duckdb_tables() where (database_name, schema_name, table_name) = (current_database(), ?, ?)"
        if self.keys[0] in WORDS or not connection.execute(found, [self.schema, self.name]).fetchall():
            return False
        ids = f"select rowid, {by_number(self.keys[0])} as number from {self.relation}"
        query = f"select min(number - rowid) = max(number - rowid) and count(number) = count(*) from ({ids})"
        return bool(fetch_row(connection, query)[0])


ENTITY_FILES = (
    EntityFile(
        name="users",
        schema="main",
        keys=(
            "user_id", "full_name", "email", "phone", "city", "subscription_tier", "subscription_status",
            "monthly_quota", "created_at", "joined_at", "subscription_started_at", "subscription_ended_at",
            "is_blocked", "blocked_at", "blocked_reason",
        ),
    ),
    EntityFile(
        name="venues",
        schema="main",
        keys=(
            "venue_id", "name", "address", "neighborhood", "city", "region", "state", "capacity", "category",
        ),
    ),
    EntityFile(
        name="events",
        schema="main",
        keys=(
            "event_id", "title", "description", "venue_id", "venue_name", "city", "category", "event_date",
            "start_time", "when", "duration_minutes", "price_min", "price_max", "total_tickets",
            "tickets_sold", "slots_available", "is_premium", "status",
        ),
        foreign_keys=(
            ("venue_id", "venues", "venue_id"),
        ),
    ),
    EntityFile(
        name="reservations",
        schema="main",
        keys=(
            "reservation_id", "user_id", "user_email", "event_id", "event_title", "venue_id", "venue_name",
            "event_date", "ticket_count", "total_price", "status", "booking_date", "payment_method",
            "is_premium_booking", "cancelled_at", "cancelled_by",
        ),
        foreign_keys=(
            ("user_id", "users", "user_id"),
            ("event_id", "events", "event_id"),
            ("venue_id", "venues", "venue_id"),
        ),
    ),
    EntityFile(
        name="refunds",
        schema="eventhub",
        keys=(
            "refund_id", "reservation_id", "amount", "percent", "ticket_count", "method", "status",
            "requested_at", "paid_at", "ticket_id",
        ),
        foreign_keys=(
            ("reservation_id", "reservations", "reservation_id"),
            ("ticket_id", "tickets", "ticket_id"),
        ),
    ),
    EntityFile(
        name="plans",
        schema="eventhub",
        keys=("tier", "monthly_price", "monthly_quota"),
    ),
    EntityFile(
        name="kb_articles",
        schema="main",
        keys=(
            "article_id", "title", "content", "category", "tags", "last_updated", "is_published",
            "view_count", "helpful_votes",
        ),
    ),
    EntityFile(
        name="tickets",
        schema="main",
        keys=(
            "ticket_id", "user_id", "user_email", "category", "main_issue_type", "subject", "description",
            "reservation_id", "event_id", "event_title", "status", "priority", "created_at", "resolved_at",
            "agent_notes", "assigned_agent", "first_response_at", "csat",
        ),
        foreign_keys=(
            ("user_id", "users", "user_id"),
            ("reservation_id", "reservations", "reservation_id"),
            ("event_id", "events", "event_id"),
        ),
    ),
    EntityFile(
        name="ticket_actions",
        schema="udahub",
        keys=("action_id", "ticket_id", "action", "arguments", "actor", "created_at"),
        foreign_keys=(
            ("ticket_id", "tickets", "ticket_id"),
        ),
    ),
    EntityFile(
        name="ticket_labels",
        schema="analytics",
        keys=(
            "ticket_id", "category", "main_issue_type", "expected_article_id", "also_accepted",
            "should_escalate", "escalation_reasons", "scenario", "kind", "facts", "action", "arguments",
            "forbidden_actions", "difficulty", "split", "key_version", "data_hash",
        ),
        foreign_keys=(
            ("ticket_id", "tickets", "ticket_id"),
            ("expected_article_id", "kb_articles", "article_id"),
        ),
    ),
)  # fmt: skip


def list_entity_files(marts: DuckDBPyConnection) -> tuple[EntityFile, ...]:
    """Return the files of a build: with a past season, a booking says when it was attended, too."""
    if not has_past_season(marts):
        return ENTITY_FILES
    return tuple(
        replace(file, keys=(*file.keys, ATTENDED_AT)) if file.name == "reservations" else file for file in ENTITY_FILES
    )
