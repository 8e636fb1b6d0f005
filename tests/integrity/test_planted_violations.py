"""Every rule's test fails on a violation planted in the marts, and stays silent where nothing is planted."""

from __future__ import annotations

import re

import duckdb
import pytest

from tests.integrity.plants import EDGES, PLANTS, Plant

# A statement, the rule it breaks, and the row and words by which that is told.
SHOWN = [
    (
        "update users set phone = null where user_id = 'u_00042'",
        "users.name_email_phone_city_are_given",
        r'u_00042: "[^"]+"',
    ),
    (
        "update users set email = 'a@b.example' where user_id in ('u_00002', 'u_00003')",
        "users.email_is_unique",
        "a@b.example",
    ),
    ("update users set user_id = 'x1' where user_id = 'u_00100'", "users.user_id_is_sequential", "x1"),
    (
        "update reservations set ticket_count = 7 where reservation_id > 'r_00150'",
        "reservations.one_to_six_tickets",
        "r_00151",
    ),
    (
        "update udahub.ticket_messages set content = repeat('long ', 99) || '{city} ' || repeat('more ', 99) "
        "where message_id = 'm_00007'",
        "udahub.ticket_messages.text_has_no_unfilled_slot",
        r'm_00007: "… [long ]+ \{city\} [more ]+ …"',
    ),
    (
        "update analytics.ticket_labels set facts = map_concat(facts, map {'total_price': '1.00'}) "
        "where facts['total_price'] is not null",
        "ticket_labels.facts_are_the_rows",
        r't_\d{5}: "total_price is \d+\.\d\d, not 1\.00"',
    ),
    ("delete from udahub.ticket_metadata", "udahub.ticket_metadata.every_ticket_has_metadata", None),
]

BROKEN = "select table_name || '.' || rule from ({}) where violations > 0"
EXAMPLES = "select example from ({}) where violations > 0 and table_name || '.' || rule = ?"


def unite_rules(marts: duckdb.DuckDBPyConnection) -> str:
    """Return a query of every rules view."""
    views = marts.sql("select view_name from duckdb_views() where view_name like '%_rules'").fetchall()
    return " union all ".join(f"select * from analytics.{view}" for (view,) in views)


def find_broken_rules(marts: duckdb.DuckDBPyConnection) -> set[str]:
    """Run what dbt's tests run: every rules view, for rules with violations."""
    return {rule for (rule,) in marts.sql(BROKEN.format(unite_rules(marts))).fetchall()}


def test_no_rule_is_broken_in_what_is_built(marts: duckdb.DuckDBPyConnection) -> None:
    assert find_broken_rules(marts) == set()


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.rule for plant in PLANTS])
def test_a_planted_violation_breaks_its_rule(marts: duckdb.DuckDBPyConnection, plant: Plant) -> None:
    marts.begin()
    try:
        marts.execute(plant.statement)
        broken = find_broken_rules(marts)
    finally:
        marts.rollback()
    assert broken - {*plant.maybe} == {plant.rule, *plant.also}


@pytest.mark.parametrize("name", EDGES)
def test_what_lies_on_the_edge_of_a_rule_is_allowed(marts: duckdb.DuckDBPyConnection, name: str) -> None:
    marts.begin()
    try:
        assert marts.execute(EDGES[name]).fetchall()[0][0] > 0  # rows changed
        assert find_broken_rules(marts) == set()
    finally:
        marts.rollback()


@pytest.mark.parametrize(("statement", "rule", "shown"), SHOWN, ids=[rule for _, rule, _ in SHOWN])
def test_a_broken_rule_shows_the_first_row_that_breaks_it_where_it_is_asked(
    marts: duckdb.DuckDBPyConnection, statement: str, rule: str, shown: str | None
) -> None:
    marts.begin()
    try:
        marts.execute(statement)
        asked = marts.execute(f"set variable shows_rows = true; {EXAMPLES.format(unite_rules(marts))}", [rule])
        (example,) = asked.fetchall()[0]
        unasked = marts.execute(f"set variable shows_rows = null; {EXAMPLES.format(unite_rules(marts))}", [rule])
        assert unasked.fetchall() == [(None,)]
    finally:
        marts.rollback()
    assert example is None if shown is None else re.fullmatch(shown, example) and len(example) < 200


def test_every_rule_has_a_plant(marts: duckdb.DuckDBPyConnection) -> None:
    rules = {rule for (rule,) in marts.sql("select table_name || '.' || rule from analytics.rules_checked").fetchall()}
    assert rules == {plant.rule for plant in PLANTS}
