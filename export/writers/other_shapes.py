"""flat.db and cultpass.db: the same rows under the names and in the shape that other projects' agents read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable
from export.resources import sqlite_sorts_in
from export.source import Source
from export.sql import identifier
from export.sqlite_checks import check_foreign_keys, check_pages, check_rows
from export.sqlite_extension import load_sqlite_extension
from export.writers.base import ExportContext, Kind, Writer
from export.writers.sqlite import write_sqlite

if TYPE_CHECKING:  # SQLAlchemy takes long to load
    from sqlalchemy import MetaData

# A database in memory that holds the views. They name the copy, which is called so wherever it is opened.
SHAPE = "shape"

FLAT = {
    "users": "from warehouse.main.users",
    "venues": "from warehouse.main.venues",
    "events": "from warehouse.main.events",
    "reservations": "from warehouse.main.reservations",
    "kb_articles": "select * replace (to_json(tags)::varchar as tags) from warehouse.main.kb_articles",
    "tickets": "from warehouse.main.tickets",
}
# Where we hold no moment of a change it is that of the set, as of which everything is seen.
CULTPASS = {
    "users": """
        select
            user_id, full_name, email, is_blocked, created_at,
            coalesce(blocked_at, created_at) as updated_at
        from warehouse.eventhub.users
    """,
    "subscriptions": """
        select
            subscription_id, user_id, status, tier, monthly_quota, started_at, ended_at,
            started_at as created_at, coalesce(ended_at, started_at) as updated_at
        from warehouse.eventhub.subscriptions
    """,
    "experiences": """
        select
            events.event_id as experience_id, events.title, events.description,
            concat_ws(', ', venues.name, venues.neighborhood, venues.city) as location,
            events."when", events.slots_available, events.is_premium,
            data_set.as_of::timestamp as created_at, data_set.as_of::timestamp as updated_at
        from warehouse.eventhub.events as events
        inner join warehouse.eventhub.venues as venues using (venue_id)
        cross join warehouse.eventhub.data_set as data_set
    """,
    "reservations": """
        select
            reservation_id, user_id, event_id as experience_id,
            case status when 'confirmed' then 'reserved' else status end as status,
            created_at, coalesce(cancelled_at, created_at) as updated_at
        from warehouse.eventhub.reservations
    """,
}


class ShapedWriter(Writer):
    """A SQLite file of views of the marts; a shape is a subclass."""

    checks = (check_pages, check_foreign_keys, check_rows)
    instances = 1
    needs_copy = True
    views: ClassVar[Mapping[str, str]]

    def __init__(self, context: ExportContext) -> None:
        self._work = context.data_dir / "work"
        self._path = context.files.stage(context.data_dir / f"{self.kind.name}.db")

    @staticmethod
    def load_metadata() -> MetaData:
        """Return the tables."""
        raise NotImplementedError

    def write(self, source: Source) -> list[ExportedTable]:
        """Make the views, and fill the file from them."""
        name = self.kind.name
        with sqlite_sorts_in(self._work), source.open(name) as connection:
            load_sqlite_extension(connection)
            self._create_views(connection)
            return write_sqlite(connection, self.load_metadata(), SHAPE, self._path, f"{name}.db")

    def _create_views(self, connection: DuckDBPyConnection) -> None:
        connection.execute(f"attach ':memory:' as {SHAPE}")
        for table, query in self.views.items():
            connection.execute(f"create view {identifier(SHAPE, table)} as {query}")


class FlatWriter(ShapedWriter):
    """All six wide entities in one file."""

    kind = Kind(name="flat", at_most=-1)
    patterns = ("flat.db",)
    views = FLAT

    @staticmethod
    def load_metadata() -> MetaData:
        """Return the tables."""
        from data.models import flat

        return flat.Base.metadata


class CultpassWriter(ShapedWriter):
    """The external database of the UDA-Hub starter."""

    kind = Kind(name="cultpass", at_most=-1)
    patterns = ("cultpass.db",)
    views = CULTPASS

    @staticmethod
    def load_metadata() -> MetaData:
        """Return the tables."""
        from data.models import cultpass

        return cultpass.Base.metadata
