"""The same raw content built as of a later day: every date moves, and every rule holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.commands import AS_OF, LATER

TEMPORAL = """
    select schema_name, table_name, column_name from duckdb_columns()
    where database_name = 'before' and schema_name in ('main', 'eventhub', 'udahub')
        and (data_type = 'TIMESTAMP' or data_type = 'DATE')
"""
# What the plan numbers is the same row on any day; bookings and what hangs on them are dealt anew.
KEPT = {"users": "user_id", "events": "event_id", "subscriptions": "user_id", "kb_articles": "article_id",
        "knowledge": "article_id", "user_details": "user_id", "accounts": "account_id"}  # fmt: skip


@pytest.fixture(scope="module")
def both(built: Path, later: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Both warehouses: `before`, and `later` from the same landing."""
    with duckdb.connect() as connection:
        for name, data_dir in (("before", built), ("later", later)):
            connection.execute(f"attach '{data_dir / 'warehouse.duckdb'}' as {name} (read_only)")
        yield connection


def list_temporal(both: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return both.execute(TEMPORAL).fetchall()


def test_every_column_of_dates_moves_by_about_the_days_between(both: duckdb.DuckDBPyConnection) -> None:
    days = both.execute(f"select date '{LATER}' - date '{AS_OF}'").fetchone()[0]  # type: ignore[index]
    for schema, table, column in list_temporal(both):
        first, last = (
            [f'{edge}("{column}")::date from {name}.{schema}.{table}' for name in ("later", "before")]
            for edge in ("min", "max")
        )
        moved = both.execute(
            f"select (select {first[0]}) - (select {first[1]}), (select {last[0]}) - (select {last[1]})"
        )
        differences = moved.fetchone() or ()
        if column == "attended_at":  # only a past season fills it
            assert differences == (None, None)
            continue
        assert all(abs(by - days) <= 62 for by in differences), (schema, table, column)


def test_no_row_that_stays_keeps_a_date(both: duckdb.DuckDBPyConnection) -> None:
    checked = 0
    for schema, table, column in list_temporal(both):
        if key := KEPT.get(table):
            kept = both.execute(
                f'select count(*) filter (where b."{column}" >= l."{column}"), count(*)'
                f" from before.{schema}.{table} as b inner join later.{schema}.{table} as l using ({key})"
            ).fetchone()
            assert kept is not None and kept[0] == 0 and kept[1] > 0, (schema, table, column, kept)
            checked += 1
    assert checked >= 15
