"""Tests that name the rows that are wrong, the guide's own among them, find what is planted, and else nothing."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

PLANTS = {
    "as_many_rows_as_asked": "delete from tickets where ticket_id = 't_00001'",
    "every_reservation_finds_its_event_and_venue": (
        "delete from events where event_id = (select min(event_id) from reservations)"
    ),
    "every_reservation_finds_its_user": "delete from users where user_id = (select min(user_id) from reservations)",
    "every_ticket_is_linked_to_its_own_users_reservation": (
        "update tickets set reservation_id = (select min(reservation_id) from reservations "
        "where reservations.user_id != tickets.user_id) where reservation_id is not null"
    ),
    "policy_values_are_the_policies": "update intermediate.int_policy_values set refund_partial_percent = 49",
    "the_details_views_are_the_wide_tables": (
        "create or replace view eventhub.user_details as "
        "select * replace (monthly_quota + 1 as monthly_quota) from main.users"
    ),
}


@pytest.fixture(scope="module")
def queries(built: Path) -> dict[str, str]:
    """The compiled files: the manifest beside them is that of whichever dbt command came last."""
    compiled = built / "work" / "target" / "compiled"
    paths = [*compiled.glob("*/dbt_project/tests/queries/*.sql"), *compiled.glob("*/dbt_project/tests/rules/*.sql")]
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def test_each_query_has_a_plant(queries: dict[str, str]) -> None:
    assert queries.keys() == PLANTS.keys()


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_violation_is_found(marts: duckdb.DuckDBPyConnection, queries: dict[str, str], name: str) -> None:
    assert marts.execute(queries[name]).fetchall() == []
    marts.begin()
    try:
        marts.execute(PLANTS[name])
        assert marts.execute(queries[name]).fetchall()
    finally:
        marts.rollback()


def test_a_details_view_that_differs_in_a_row_is_named_by_it(
    marts: duckdb.DuckDBPyConnection, queries: dict[str, str]
) -> None:
    marts.begin()
    try:
        marts.execute(
            "create or replace view eventhub.reservation_details as"
            " select * replace (if(reservation_id = 'r_00007', 'Another', venue_name) as venue_name)"
            " from main.reservations where reservation_id != 'r_00009'"
        )
        found = marts.execute(queries["the_details_views_are_the_wide_tables"]).fetchall()
    finally:
        marts.rollback()
    assert sorted(found) == [
        ("reservation", "r_00007", -1),
        ("reservation", "r_00007", 1),
        ("reservation", "r_00009", 1),
    ]


def test_a_build_counts_by_each_rule_once(built: Path) -> None:
    (checked,) = (built / "work" / "target" / "compiled").glob("*/dbt_project/models/*/*/rules_checked.sql")
    counted = re.findall(r'from (rule_counts\."analytics"\."\w+_rules")', checked.read_text(encoding="utf-8"))
    log = (built / "work" / "logs" / "dbt.log").read_text(encoding="utf-8")
    assert len(counted) > 20
    # What each view has counted when it was made is what its test has read.
    assert [table for table in counted if f"from {table}\nwhere violations" not in log] == []
    # And what several views compare with is worked out once.
    for name in ("facts_restated", "support_bookings"):
        kept = f'rule_counts."analytics"."{name}"'
        assert log.count(f"create or replace table {kept} as") == 1
        assert len(re.findall(rf"(?:from|join) {re.escape(kept)}", log)) >= 5
