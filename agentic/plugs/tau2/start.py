"""Where the tasks of a split begin: the rows of its db.json as databases in memory, made once a process."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from agentic.database import NAMES, Database
from agentic.errors import DataError
from agentic.knowledge import Knowledge

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Start:
    """What every task of a split begins with.

    Attributes:
        contents: both databases as bytes, by name.
        knowledge: the index of the help center, which no task changes.
        now: the moment that it is.
    """

    contents: dict[str, bytes]
    knowledge: Knowledge
    now: datetime
    _free: deque[Database] = field(default_factory=deque)

    def take(self) -> Database:
        """Return databases for one environment: those that another has given back, as at the start, or new ones."""
        try:
            database = self._free.pop()
        except IndexError:
            return Database(Path("db.json"), self.contents)
        database.rewind()
        return database

    def give_back(self, database: Database) -> None:
        """Take databases back that nobody works on any more."""
        self._free.append(database)


def make_start(schema: Mapping[str, Sequence[str]], tables: Tables) -> Start:
    """Make databases of rows."""
    contents = {name: _make_database(schema[name], tables, name) for name in NAMES}
    database = Database(Path("db.json"), contents)
    with closing(database):
        found = database.find_one("select as_of from eventhub.data_set")
        assert found
        return Start(contents, Knowledge(database), datetime.fromisoformat(found["as_of"]))


def _make_database(statements: Sequence[str], tables: Tables, name: str) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        for table, rows in tables.items():
            schema, _, plain = table.partition(".")
            if schema == name:
                _insert(connection, plain, rows)
        return connection.serialize()


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; a column that a row leaves out is null there, whatever the table's default."""
    names = [str(column[1]) for column in connection.execute(f"pragma table_info({table})")]
    marks = ", ".join("?" * len(names))
    connection.executemany(f"insert into {table} values ({marks})", ([row.get(name) for name in names] for row in rows))


def read_json(path: Path) -> Any:
    """Read a file of the domain.

    Raises:
        DataError: it is not there, or is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror}. Write it first: python -m agentic.plugs.tau2 write"
        ) from error
    except ValueError as error:
        raise DataError(f"{path} is no JSON ({error}). Write it again: python -m agentic.plugs.tau2 write") from error


@cache
def read_start(path: Path) -> Start:
    """Return the start of a db.json, made once: environments are opened several times a task."""
    found = read_json(path)
    return make_start(found["schema_statements"], found["tables"])
