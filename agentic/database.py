"""Private copies of both databases in memory, which log each row that anybody changes in them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agentic.errors import DataError

NAMES = ("eventhub", "udahub")
# Without these nothing can be worked on: files of an older build lack one of them.
NEEDED = (
    "eventhub.data_set",
    "eventhub.refunds",
    "udahub.ticket_actions",
    "udahub.ticket_metadata",
    "udahub.user_history",
)
Row = dict[str, Any]


@dataclass(frozen=True)
class ChangedRow:
    """A row that differs from what it was; `before` is None for a new one, `after` for one that is gone."""

    table: str
    before: Row | None
    after: Row | None


class Database:
    """Both databases on one connection, under their names; the files are read once and never opened again.

    Attributes:
        connection: where tables are named `eventhub.users` or `udahub.users`.
        files_hash: SHA-256 of both files: another one where a row was edited since the build.
    """

    def __init__(self, data_dir: Path, contents: Mapping[str, bytes] | None = None) -> None:
        """Copy both files.

        Args:
            data_dir: where the files are.
            contents: both databases as bytes, by name, where they are not to be read from files.

        Raises:
            DataError: a file is missing or is no database of this project.
        """
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        digest = hashlib.sha256()
        for name in NAMES:
            content = contents[name] if contents else _read_copy(data_dir / f"{name}.db")
            digest.update(content)
            self.connection.execute(f"attach ':memory:' as {name}")
            self.connection.deserialize(content, name=name)
        self.files_hash = digest.hexdigest()
        try:
            columns = {table: self._list_columns(table) for table in self._list_tables()}
        except sqlite3.DatabaseError as error:
            raise DataError(f"{data_dir} holds no database of this project: {error}. Make it with: make run") from error
        self._columns = {table: [str(column["name"]) for column in found] for table, found in columns.items()}
        self._keys = {table: next(str(c["name"]) for c in found if c["pk"]) for table, found in columns.items()}
        missing = [table for table in NEEDED if table not in self._keys]
        if missing:
            raise DataError(f"{data_dir} has no table {missing[0]}. Make the data again: make run")
        self._log_changes()
        # Nothing is ever committed: each task ends where this point is.
        self.connection.execute("begin")
        self.connection.execute("savepoint task")

    def _list_tables(self) -> list[str]:
        query = "select name from {}.sqlite_master where type = 'table' and name not like 'sqlite%'"
        return [f"{name}.{row[0]}" for name in NAMES for row in self.connection.execute(query.format(name))]

    def _list_columns(self, table: str) -> list[sqlite3.Row]:
        schema, _, name = table.partition(".")
        return self.connection.execute(f"pragma {schema}.table_info({name})").fetchall()

    def _log_changes(self) -> None:
        """Log by triggers, so that no way of writing goes past the log; it is undone with what it tells of."""
        self.connection.execute(
            "create temp table change_log (place integer primary key, name text, key text, row text)"
        )
        for number, table in enumerate(self._keys):
            for event, row in (("insert", None), ("update", "old"), ("delete", "old")):
                self._create_trigger(number, table, event, row)

    def _create_trigger(self, number: int, table: str, event: str, row: str | None) -> None:
        key = self._keys[table]
        before = ", ".join(f"'{name}', {row}.\"{name}\"" for name in self._columns[table])
        value = f"json_object({before})" if row else "null"
        self.connection.execute(
            f"create temp trigger log_{number}_{event} after {event} on {table} begin"
            f" insert into change_log (name, key, row) values ('{table}', {row or 'new'}.{key}, {value}); end"
        )

    def rewind(self) -> None:
        """Undo all that was written since the copies were made, in both databases and in the log."""
        self.connection.execute("rollback to task")

    def forget_changes(self) -> None:
        """Take the rows as they are now for the start, to which later changes compare."""
        self.connection.execute("delete from change_log")

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Undo what was written within, if it ends in an error."""
        self.connection.execute("savepoint call")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback to call")
            self.connection.execute("release call")
            raise
        self.connection.execute("release call")

    def find_changes(self) -> list[ChangedRow]:
        """Compare the rows that were touched with what they were; those that are as before are left out."""
        touched = self.connection.execute(
            "select name, key, row from change_log"
            " where place in (select min(place) from change_log group by name, key) order by place"
        )
        changes = [
            ChangedRow(row["name"], _read_row(row["row"]), self._find_row(row["name"], row["key"])) for row in touched
        ]
        return [change for change in changes if change.before != change.after]

    def _find_row(self, table: str, key: str) -> Row | None:
        names = ", ".join(f"'{name}', \"{name}\"" for name in self._columns[table])
        query = f"select json_object({names}) from {table} where {self._keys[table]} = ?"
        found = self.connection.execute(query, [key]).fetchone()
        return _read_row(found[0]) if found else None

    def find_one(self, query: str, *values: object) -> Row | None:
        """Return the first row of a query."""
        row = self.connection.execute(query, values).fetchone()
        return dict(row) if row else None

    def find_all(self, query: str, *values: object) -> list[Row]:
        """Return all rows of a query."""
        return [dict(row) for row in self.connection.execute(query, values)]

    def insert(self, table: str, row: Row) -> None:
        """Add a row."""
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))

    def update(self, table: str, key: str, row: Row) -> None:
        """Change columns of one row."""
        values = ", ".join(f"{name} = ?" for name in row)
        self.connection.execute(f"update {table} set {values} where {self._keys[table]} = ?", [*row.values(), key])

    def delete(self, table: str, condition: str, *values: object) -> None:
        """Remove the rows that a condition names."""
        self.connection.execute(f"delete from {table} where {condition}", values)

    def close(self) -> None:
        """Let go of the memory."""
        self.connection.close()


def _read_row(text: str | None) -> Row | None:
    if text is None:
        return None
    row: Row = json.loads(text)
    return row


def _read_copy(path: Path) -> bytes:
    """Return a database as bytes, read through SQLite so that a journal beside the file counts."""
    if not path.is_file():
        raise DataError(f"{path} is missing. Make the data first: make run")
    try:
        source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(":memory:")) as copy:
            source.backup(copy)
            content = copy.serialize()
    except sqlite3.DatabaseError as error:
        raise DataError(f"{path} cannot be read: {error}. Make the data again: make run") from error
    # A copy in memory has no write-ahead log, whatever the file's header says.
    return content[:18] + b"\x01\x01" + content[20:]
