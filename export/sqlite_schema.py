"""The schema of a SQLite file to be filled: what is quicker to make of finished rows is made of them.

SQLite keeps the index of a primary key or a unique constraint as each row comes, which is a search for every row, in an
index that soon is larger than the memory. Sorting all of them once takes a third of that. So the tables are made
without these keys, and get them, under the very names that SQLite gives them, when the rows are there. Conditions
(CHECK) come late, too: `pragma quick_check`, which every finished file has to pass, tries all of them on each row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from export.sql import columns_list, identifier

if TYPE_CHECKING:  # SQLAlchemy takes long to load
    from sqlalchemy import MetaData, Table

MASTER = "select type, name, tbl_name, sql from sqlite_master order by type, name"
# 256 MB instead of 2: what is written stays in memory for a while. DuckDB has no setting for it, so the file itself
# says so until it is finished.
PAGES_CACHED_WHILE_FILLING = 65_536


@dataclass(frozen=True)
class LateIndex:
    """An index to be made of the rows of a table; that of a key gets the name `key` afterwards."""

    table: str
    statement: str
    key: str | None = None


@dataclass(frozen=True)
class Schema:
    """What a finished file is to have.

    Attributes:
        master: its sqlite_master, as SQLite writes it.
        bare: a statement for each table, without what is made late.
        late: what is made of finished rows, keys first.
    """

    master: tuple[tuple[str, str, str, str | None], ...]
    bare: tuple[str, ...]
    late: tuple[LateIndex, ...]

    @classmethod
    def of(cls, metadata: MetaData) -> Schema:
        """Let SQLAlchemy and SQLite make the schema of no rows, and read what comes of it."""
        from sqlalchemy import StaticPool, create_engine

        with closing(sqlite3.connect(":memory:")) as connection:
            metadata.create_all(create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
            master = tuple(connection.execute(MASTER).fetchall())
            keys = tuple(_list_keys(connection, master)) if may_write_master(connection) else ()
        indexes = tuple(LateIndex(table, sql) for kind, _, table, sql in master if kind == "index" and sql)
        tables = {name: sql for kind, name, _, sql in master if kind == "table"}
        return cls(master, tuple(_list_bare(metadata) if keys else tables.values()), keys + indexes)

    def create_tables(self, path: Path) -> None:
        """Make the file with empty tables, for anybody to fill."""
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"pragma default_cache_size = {PAGES_CACHED_WHILE_FILLING}")
            for sql in self.bare:
                connection.execute(sql)

    def complete(self, connection: sqlite3.Connection) -> None:
        """Turn the late indexes of keys, which have been made by now, into keys, and add the views.

        SQLite has no statement for the keys, but its schema is text, and their indexes are like any other but for
        the name.

        Raises:
            sqlite3.DatabaseError: the file is not what SQLite itself would have made.
        """
        connection.execute("pragma writable_schema = on")
        for key in (index.key for index in self.late if index.key):
            connection.execute("update sqlite_master set name = ?, sql = null where name = ?", [key, _name_late(key)])
        for kind, name, _, sql in self.master:
            if kind == "table":
                connection.execute("update sqlite_master set sql = ? where type = ? and name = ?", [sql, kind, name])
        connection.execute("pragma writable_schema = reset")
        for sql in (sql for kind, _, _, sql in self.master if kind == "view" and sql):
            connection.execute(sql)
        if tuple(connection.execute(MASTER).fetchall()) != self.master:
            raise sqlite3.DatabaseError("its schema is not that of the models")


def may_write_master(connection: sqlite3.Connection) -> bool:
    """Tell whether this SQLite lets its schema be written; it can be built so that nobody may."""
    connection.execute("pragma writable_schema = on")
    try:
        connection.execute("update sqlite_master set sql = sql where false")
    except sqlite3.DatabaseError:
        return False
    return True


def _list_keys(
    connection: sqlite3.Connection, master: Iterable[tuple[str, str, str, str | None]]
) -> Iterator[LateIndex]:
    for name, table in ((name, table) for kind, name, table, sql in master if kind == "index" and not sql):
        columns = columns_list(row[2] for row in connection.execute(f"pragma index_info({identifier(name)})"))
        statement = f"create unique index {identifier(_name_late(name))} on {identifier(table)} ({columns})"
        yield LateIndex(table, statement, name)


def _name_late(key: str) -> str:
    return f"late {key}"


def _list_bare(metadata: MetaData) -> Iterator[str]:
    """List the statements of tables without their keys and conditions."""
    from sqlalchemy import CheckConstraint, MetaData, PrimaryKeyConstraint, UniqueConstraint
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateTable

    bare = MetaData(naming_convention=metadata.naming_convention)
    for table in [table.to_metadata(bare) for table in metadata.sorted_tables]:
        for constraint in table.constraints:
            if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint | CheckConstraint):
                constraint.ddl_if(callable_=lambda *_, **__: False)
    for table in bare.sorted_tables:
        yield str(CreateTable(table).compile(dialect=sqlite.dialect()))


def list_conditions(table: Table) -> Iterator[tuple[str, str]]:
    """List the name and the condition of each CHECK of a table, as SQLite reads them."""
    from sqlalchemy import CheckConstraint
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect()
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            condition = constraint.sqltext.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
            yield str(dialect.identifier_preparer.format_constraint(constraint)), str(condition)
