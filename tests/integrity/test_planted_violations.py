"""Every rule's test fails on a violation planted in the marts, and stays silent where nothing is planted."""

from __future__ import annotations

import duckdb
import pytest

from tests.integrity.plants import EDGES, PLANTS, Plant

BROKEN = "select table_name || '.' || rule from ({}) where violations > 0"


def find_broken_rules(marts: duckdb.DuckDBPyConnection) -> set[str]:
    """Run what dbt's tests run: every rules view, for rules with violations."""
    views = marts.sql("select view_name from duckdb_views() where view_name like '%_rules'").fetchall()
    union = " union all ".join(f"select * from analytics.{view}" for (view,) in views)
    return {rule for (rule,) in marts.sql(BROKEN.format(union)).fetchall()}


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


def test_every_rule_has_a_plant(marts: duckdb.DuckDBPyConnection) -> None:
    rules = {rule for (rule,) in marts.sql("select table_name || '.' || rule from analytics.rules_checked").fetchall()}
    assert rules == {plant.rule for plant in PLANTS}
