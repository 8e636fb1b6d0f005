"""Every rule's test fails on a violation planted in the marts, and stays silent where nothing is planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb
import pytest

from tests.integrity.plants import EDGES, PLANTS, Plant

pytestmark = pytest.mark.early

STRICT = [plant for plant in PLANTS if plant.also is not None]


@pytest.fixture(scope="module")
def views(marts: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The view that states each rule: what dbt's tests read."""
    names = marts.sql("select view_name from duckdb_views() where view_name like '%_rules'").fetchall()
    stated = {view: marts.sql(f"select table_name || '.' || rule from analytics.{view}") for (view,) in names}
    return {rule: view for view, rules in stated.items() for (rule,) in rules.fetchall()}


def find_broken_rules(marts: duckdb.DuckDBPyConnection, views: Iterable[str]) -> set[str]:
    """Run what dbt's tests run: rules views, for rules with violations."""
    union = " union all ".join(f"select * from analytics.{view}" for view in sorted(set(views)))
    broken = marts.sql(f"select table_name || '.' || rule from ({union}) where violations > 0").fetchall()
    return {rule for (rule,) in broken}


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


@pytest.mark.parametrize("plant", PLANTS, ids=[plant.rule for plant in PLANTS])
def test_a_planted_violation_breaks_its_rule(
    marts: duckdb.DuckDBPyConnection, views: dict[str, str], plant: Plant
) -> None:
    with planted(marts, plant.statement):
        assert plant.rule in find_broken_rules(marts, [views[plant.rule]])


@pytest.mark.parametrize("plant", STRICT, ids=[plant.rule for plant in STRICT])
def test_a_planted_violation_breaks_no_rule_but_those_that_follow(
    marts: duckdb.DuckDBPyConnection, views: dict[str, str], plant: Plant
) -> None:
    with planted(marts, plant.statement):
        assert find_broken_rules(marts, views.values()) == {plant.rule, *(plant.also or ())}


def test_one_plant_of_each_table_is_strict() -> None:
    tables = [plant.rule.rpartition(".")[0] for plant in PLANTS]
    assert Counter(plant.rule.rpartition(".")[0] for plant in STRICT) == Counter(set(tables))


@pytest.mark.parametrize("name", EDGES)
def test_what_lies_on_the_edge_of_a_rule_is_allowed(
    marts: duckdb.DuckDBPyConnection, views: dict[str, str], name: str
) -> None:
    marts.begin()
    try:
        assert marts.execute(EDGES[name]).fetchall()[0][0] > 0  # rows changed
        assert find_broken_rules(marts, views.values()) == set()
    finally:
        marts.rollback()


def test_every_rule_has_a_plant(marts: duckdb.DuckDBPyConnection) -> None:
    rules = {rule for (rule,) in marts.sql("select table_name || '.' || rule from analytics.rules_checked").fetchall()}
    assert rules == {plant.rule for plant in PLANTS}
