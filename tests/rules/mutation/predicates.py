"""Mutants of the rules themselves: the violations planted for a rule must tell it from its mutants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import duckdb

from tests.rules.mutation.mutants import Mutant
from tests.rules.mutation.project import Model
from tests.rules.plants import EDGES, PLANTS, Plant


class Verdict(NamedTuple):
    """What became of a mutant: `fate` is killed or survived."""

    fate: str
    by: str


# What must break nothing: the data as built, and the edges that rules allow.
ALLOWED = [Plant("nothing", "select 1"), *(Plant(name, statement) for name, statement in EDGES.items())]


def try_predicates(
    connection: duckdb.DuckDBPyConnection, model: Model, mutants: list[Mutant]
) -> Iterator[tuple[Mutant, Verdict]]:
    """Try every mutant of a rules view: one that answers like the view to every plant of its rules has survived."""
    survivors = dict.fromkeys(mutants)
    for plant in [*ALLOWED, *PLANTS]:
        with planted(connection, plant):
            expected = list_broken(connection, model.sql)
            if not expected and plant not in ALLOWED:
                continue  # a violation of other rules
            for mutant in list(survivors):
                if (found := ask_mutant(connection, plant, mutant)) != expected:
                    del survivors[mutant]
                    yield mutant, Verdict("killed", name_difference(plant, expected, found))
    yield from ((mutant, Verdict("survived", "")) for mutant in survivors)


@contextmanager
def planted(connection: duckdb.DuckDBPyConnection, plant: Plant) -> Iterator[None]:
    """Plant a violation, and take it back."""
    connection.begin()
    try:
        connection.execute(plant.statement)
        yield
    finally:
        connection.rollback()


def ask_mutant(connection: duckdb.DuckDBPyConnection, plant: Plant, mutant: Mutant) -> frozenset[str]:
    """Return the rules that break by a mutant, or the error's first line.

    An error ends the transaction, so the violation is planted again.
    """
    try:
        return list_broken(connection, mutant.sql)
    except duckdb.Error as error:
        connection.rollback()
        connection.begin()
        connection.execute(plant.statement)
        return frozenset([str(error).splitlines()[0]])


def list_broken(connection: duckdb.DuckDBPyConnection, sql: str) -> frozenset[str]:
    """Return the rules with violations."""
    rows = connection.execute(f"select table_name || '.' || rule from ({sql}) as rules where violations > 0")
    return frozenset(rule for (rule,) in rows.fetchall())


def name_difference(plant: Plant, expected: Iterable[str], found: Iterable[str]) -> str:
    return f"{plant.rule} planted: {', '.join(sorted(set(expected) ^ set(found)))}"[:160]
