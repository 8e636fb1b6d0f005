"""Every rule's test fails on a violation planted in the marts, and stays silent where nothing is planted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import duckdb
import pytest

from tests.rules.plants import EDGES, PLANTS, Plant

pytestmark = pytest.mark.early

# What a statement changes: each table that it names so.
CHANGED = re.compile(r"\b(?:update|insert into|delete from|replace view|replace table) ([\w.]+)", re.I)
# What a view reads, as DuckDB writes it down: with the database.
NAMED = re.compile(r'\bwarehouse\.("?\w+"?\."?\w+"?)')
# That one of these breaks its rule, the stricter test shows, too.
STRICT = [plant for plant in PLANTS if plant.also is not None]
OTHERS = [plant for plant in PLANTS if plant.also is None]
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
        "update analytics.ticket_labels set facts = list_transform(facts, lambda fact: {'name': fact.name, 'value': "
        "if(fact.name = 'total_price', '1.00', fact.value), 'type': fact.type, 'unit': fact.unit})",
        "ticket_labels.facts_are_the_rows",
        r't_\d{5}: "total_price is \d+\.\d\d, not 1\.00"',
    ),
    ("delete from udahub.ticket_metadata", "udahub.ticket_metadata.every_ticket_has_metadata", None),
]


@pytest.fixture(scope="module")
def views(marts: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The view that states each rule: what dbt's tests read."""
    names = marts.sql("select view_name from duckdb_views() where view_name like '%_rules'").fetchall()
    stated = {view: marts.sql(f"select table_name || '.' || rule from analytics.{view}") for (view,) in names}
    return {rule: view for view, rules in stated.items() for (rule,) in rules.fetchall()}


@pytest.fixture(scope="module")
def reads(marts: duckdb.DuckDBPyConnection, views: dict[str, str]) -> dict[str, set[str]]:
    """The tables and views that each rules view reads, and that those read."""
    stated = marts.sql("select schema_name || '.' || view_name, sql from duckdb_views() where not internal").fetchall()
    named = {view: {name.replace('"', "") for name in NAMED.findall(sql)} for view, sql in stated}

    @cache
    def find_all(name: str) -> frozenset[str]:
        return frozenset({name}).union(*map(find_all, named.get(name, set()) - {name}))

    return {view: {*find_all(f"analytics.{view}")} for view in set(views.values())}


def list_views(reads: dict[str, set[str]], statements: str) -> list[str]:
    """List the rules views that read what statements change; no other can find anything in it."""
    changed = {table if "." in table else f"main.{table}" for table in CHANGED.findall(statements)}
    assert changed, statements
    return [view for view, tables in reads.items() if not tables.isdisjoint(changed)]


def find_broken_rules(marts: duckdb.DuckDBPyConnection, views: Iterable[str]) -> set[str]:
    """Run what dbt's tests run: rules views, for rules with violations. One by one: it takes less than their union."""
    query = "select table_name || '.' || rule from analytics.{} where violations > 0"
    return {rule for view in sorted(set(views)) for (rule,) in marts.execute(query.format(view)).fetchall()}


@contextmanager
def planted(marts: duckdb.DuckDBPyConnection, statement: str) -> Iterator[None]:
    """Plant a violation, and take it back."""
    marts.begin()
    try:
        marts.execute(statement)
        yield
    finally:
        marts.rollback()


def test_no_rule_is_broken_in_what_is_built(marts: duckdb.DuckDBPyConnection, views: dict[str, str]) -> None:
    assert find_broken_rules(marts, views.values()) == set()


@pytest.mark.parametrize("plant", OTHERS, ids=[plant.rule for plant in OTHERS])
def test_a_planted_violation_breaks_its_rule(
    marts: duckdb.DuckDBPyConnection, views: dict[str, str], plant: Plant
) -> None:
    with planted(marts, plant.statement):
        assert plant.rule in find_broken_rules(marts, [views[plant.rule]])


@pytest.mark.parametrize("plant", STRICT, ids=[plant.rule for plant in STRICT])
def test_a_planted_violation_breaks_no_rule_but_those_that_follow(
    marts: duckdb.DuckDBPyConnection, reads: dict[str, set[str]], plant: Plant
) -> None:
    with planted(marts, plant.statement):
        assert find_broken_rules(marts, list_views(reads, plant.statement)) == {plant.rule, *(plant.also or ())}


def test_one_plant_of_each_table_is_strict() -> None:
    tables = [plant.rule.rpartition(".")[0] for plant in PLANTS]
    assert Counter(plant.rule.rpartition(".")[0] for plant in STRICT) == Counter(set(tables))


def list_changed(statements: str) -> set[str]:
    """List the tables that statements change, without their schemas."""
    return {table.rpartition(".")[2] for table in CHANGED.findall(statements)}


def group_edges() -> list[list[str]]:
    """Share out the edges so that none of a group changes what another of it changes or reads."""
    groups: list[list[str]] = []
    words = {name: set(re.findall(r"\w+", statements)) for name, statements in EDGES.items()}
    for name, statements in EDGES.items():
        for group in groups:
            others = set().union(*(words[other] for other in group))
            if others.isdisjoint(list_changed(statements)) and all(
                words[name].isdisjoint(list_changed(EDGES[other])) for other in group
            ):
                group.append(name)
                break
        else:
            groups.append([name])
    return groups


def test_every_edge_is_in_one_group() -> None:
    assert Counter(name for group in group_edges() for name in group) == Counter(EDGES.keys())


@pytest.mark.parametrize("names", group_edges(), ids="; ".join)
def test_what_lies_on_the_edge_of_a_rule_is_allowed(
    marts: duckdb.DuckDBPyConnection, reads: dict[str, set[str]], names: list[str]
) -> None:
    """All of a group at once: each stands in tables of its own when the rules are read."""
    marts.begin()
    try:
        for name in names:
            assert marts.execute(EDGES[name]).fetchall()[0][0] > 0, name  # rows changed
        assert find_broken_rules(marts, list_views(reads, "; ".join(EDGES[name] for name in names))) == set()
    finally:
        marts.rollback()


@pytest.mark.parametrize(("statement", "rule", "shown"), SHOWN, ids=[rule for _, rule, _ in SHOWN])
def test_a_broken_rule_shows_the_first_row_that_breaks_it_where_it_is_asked(
    marts: duckdb.DuckDBPyConnection, views: dict[str, str], statement: str, rule: str, shown: str | None
) -> None:
    query = f"select example from analytics.{views[rule]} where violations > 0 and table_name || '.' || rule = ?"
    with planted(marts, statement):
        (example,) = marts.execute(f"set variable shows_rows = true; {query}", [rule]).fetchall()[0]
        unasked = marts.execute(f"set variable shows_rows = null; {query}", [rule])
        assert unasked.fetchall() == [(None,)]
    assert example is None if shown is None else re.fullmatch(shown, example) and len(example) < 200


def test_every_rule_has_a_plant(marts: duckdb.DuckDBPyConnection) -> None:
    rules = {rule for (rule,) in marts.sql("select table_name || '.' || rule from analytics.rules_checked").fetchall()}
    assert rules == {plant.rule for plant in PLANTS}
