"""What the card says of the two databases: their tables, keys and references, read from the SQLAlchemy models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table


@dataclass(frozen=True, kw_only=True)
class TableEntry:
    """A table of a database.

    Attributes:
        name: what it is called.
        holds: what a row of it is.
        row_count: how many rows it has.
        key: columns of the primary key.
        references: foreign keys as column and table.
    """

    name: str
    holds: str
    row_count: int
    key: tuple[str, ...]
    references: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Database:
    """One file."""

    name: str
    tables: tuple[TableEntry, ...]


def describe_database(name: str, base: Any, counts: Mapping[str, int]) -> Database:
    """Describe a database in the order in which its tables refer to each other."""
    holds = {mapper.local_table.name: _first_sentence(mapper.class_.__doc__) for mapper in base.registry.mappers}
    tables: list[Table] = base.metadata.sorted_tables
    return Database(
        name=name,
        tables=tuple(
            TableEntry(
                name=table.name,
                holds=holds[table.name],
                row_count=counts[table.name],
                key=tuple(column.name for column in table.primary_key),
                references=tuple(
                    (column.name, key.column.table.name) for column in table.columns for key in column.foreign_keys
                ),
            )
            for table in tables
        ),
    )


def _first_sentence(text: str) -> str:
    return text.split("\n")[0].split(". ")[0].rstrip(".").replace("`", "") + "."
