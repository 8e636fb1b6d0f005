"""What both databases share: names of constraints, formats of stored values, checks and sessions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from sqlalchemy import REAL, URL, CheckConstraint, DateTime, Dialect, MetaData, create_engine, event
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry, NullPool
from sqlalchemy.types import TypeDecorator

CENT = Decimal("0.01")


def name_constraints() -> MetaData:
    """Return empty metadata whose constraints and indexes get names that say where they stand."""
    return MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


class Timestamp(TypeDecorator[datetime]):
    """A moment in UTC, stored as text 'YYYY-MM-DD HH:MM:SS', which compares as time does."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> DATETIME:
        """Store whole seconds; SQLAlchemy's own format ends in '.000000'."""
        return DATETIME(truncate_microseconds=True)  # type: ignore[no-untyped-call]  # SQLAlchemy's own gap

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Move a moment of another zone to UTC; one without a zone is taken to be UTC."""
        return _drop_zone(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Do the same for what somebody else has written, so that all moments compare."""
        return _drop_zone(value)


def _drop_zone(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment and moment.tzinfo else moment


class Money(TypeDecorator[Decimal]):
    """Dollars to the cent: a Decimal in Python, REAL in SQLite, which has no decimals."""

    impl = REAL
    cache_ok = True

    def process_bind_param(self, value: Decimal | float | None, dialect: Dialect) -> float | None:
        """Round half a cent up."""
        return None if value is None else float(Decimal(str(value)).quantize(CENT, ROUND_HALF_UP))

    def process_result_value(self, value: float | None, dialect: Dialect) -> Decimal | None:
        """Read the cents that were written, whatever the last bit of the double says."""
        return None if value is None else Decimal(str(value)).quantize(CENT)


def one_of(column: str, values: Iterable[str | int]) -> CheckConstraint:
    """Allow only these values; a chain of OR, since SQLite sets up a table for each IN at each insert."""
    return CheckConstraint(" OR ".join(f"{column} = {value!r}" for value in values), name=column)


def at_least(column: str, low: int, kind: str = "integer") -> CheckConstraint:
    """Allow numbers from `low` on; to SQLite any text is larger than any number, hence the type.

    No IN: tools that write models from a file, such as sqlacodegen, take what stands before it for a column.
    """
    return CheckConstraint(f"{column} IS NULL OR typeof({column}) = '{kind}' AND {column} >= {low}", name=column)


def between(column: str, low: int, high: int) -> CheckConstraint:
    """Allow numbers of a closed range."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)


def open_session(path: str | Path) -> Session:
    """Open one of the databases, with foreign keys enforced; SQLite leaves them unchecked otherwise.

    Raises:
        FileNotFoundError: there is no such file; SQLite would make an empty one.
    """
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path} is missing. Make it with: make run")
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    event.listen(engine, "connect", _enforce_foreign_keys)
    return Session(engine)


def _enforce_foreign_keys(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
