"""Tries a mutant: rebuilds what hangs on it in memory, asks the rules, and takes all of it back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import duckdb

from tests.mutation.mutants import Mutant
from tests.mutation.project import Model, Project

SECONDS_A_MUTANT = 60.0
PUBLISHED = r"models/marts/(main|eventhub|udahub)$"
ANSWER_KEY = "ticket_labels"


class Verdict(NamedTuple):
    """What became of a mutant: `fate` is one of stopped, killed, survived, without effect, undecided."""

    fate: str
    by: str


class Trial:
    """A database in memory with what every model holds when nothing is planted."""

    def __init__(self, project: Project, connection: duckdb.DuckDBPyConnection) -> None:
        self._project = project
        self._connection = connection
        self._rules = {model.name for model in project.rules}
        self._published = {model.name for model in project.in_folder(PUBLISHED)} | {ANSWER_KEY}
        self._before = {name: self._digest(model.relation) for name, model in project.models.items()}

    def run(self, mutant: Mutant) -> Verdict:
        """Build the mutant and what hangs on it; report the first rules that break."""
        self._connection.begin()
        try:
            with interrupted_after(self._connection, SECONDS_A_MUTANT):
                return self._follow(mutant)
        except duckdb.InterruptException:
            return Verdict("undecided", f"no end within {SECONDS_A_MUTANT:.0f} s")
        except duckdb.Error as error:
            return Verdict("stopped", str(error).splitlines()[0][:160])
        finally:
            with suppress(duckdb.Error):
                self._connection.rollback()

    def _follow(self, mutant: Mutant) -> Verdict:
        changed: set[str] = set()
        for name in self._project.order:
            model = self._project.models[name]
            if name == mutant.model:
                self._build(model, mutant.sql)
            elif not changed.intersection(model.parents):
                continue
            elif name in self._rules:
                if broken := self._list_broken(model):
                    return Verdict("killed", ", ".join(broken))
                continue
            elif not model.is_view:
                self._build(model, model.sql)
            if self._digest(model.relation) != self._before[name]:
                changed.add(name)
            elif name == mutant.model:
                break
        if lost := [query.name for query in self._project.queries if self._finds_rows(query, changed)]:
            return Verdict("killed", ", ".join(lost))
        return Verdict("survived" if changed & self._published else "without effect", ", ".join(sorted(changed)))

    def _build(self, model: Model, sql: str) -> None:
        """Make the relation as dbt does: a table keeps its types and constraints."""
        if model.is_view:
            self._connection.execute(f"create or replace view {model.relation} as {sql}")
            return
        schema, table = model.relation.replace('"', "").split(".")[1:]
        ddl, columns = self._connection.execute(
            "select any_value(t.sql), string_agg('\"' || c.column_name || '\"', ', ' order by c.column_index)"
            " from duckdb_tables() as t inner join duckdb_columns() as c using (database_name, schema_name, table_name)"
            " where t.database_name = 'warehouse' and t.schema_name = ? and t.table_name = ?",
            [schema, table],
        ).fetchone() or ("", "")
        self._connection.execute(ddl.replace("CREATE TABLE ", "create or replace table warehouse.", 1))
        self._connection.execute(f"insert into {model.relation} ({columns}) select {columns} from ({sql}) as mutant")

    def _list_broken(self, model: Model) -> list[str]:
        rows = self._connection.execute(f"select table_name || '.' || rule from {model.relation} where violations > 0")
        return sorted(rule for (rule,) in rows.fetchall())

    def _finds_rows(self, query: Model, changed: set[str]) -> bool:
        return bool(changed.intersection(query.parents)) and bool(self._connection.execute(query.sql).fetchall())

    def _digest(self, relation: str) -> tuple[int, int | None]:
        query = f"select count(*), sum(hash(t)::hugeint) from {relation} as t"
        row = self._connection.execute(query).fetchone()
        assert row is not None  # an aggregate always answers
        return row


@contextmanager
def interrupted_after(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Stop a query that runs away, such as a join whose condition was dropped."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
