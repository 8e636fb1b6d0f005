"""data_card.html: the page that tells what the data set holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable
from export.writers.base import ExportContext, Kind, Writer

if TYPE_CHECKING:
    from export.card.data_card import DrawnCard
    from export.source import Source


# So few reservations are joined to names and events at each reading sooner than a copy has them as a table.
FEW_RESERVATIONS = 100_000


class CardWriter(Writer):
    """Counts what the card shows where wide entities are tables, or of few reservations in the working database."""

    kind = Kind(name="card")
    patterns = ("data_card.html",)
    instances = 1

    def __init__(self, context: ExportContext) -> None:
        self._data_dir = context.data_dir
        self._page = context.files.stage(context.data_dir / "data_card.html")
        self._are_few = context.reservations <= FEW_RESERVATIONS
        self._card: DrawnCard | None = None

    def prepare(self, marts: DuckDBPyConnection) -> None:
        """Load what draws: it takes long, and nothing else needs it. Of few reservations, draw."""
        from export.card.data_card import DataCard

        if self._are_few:
            self._card = DataCard.gather(marts).draw()

    def write(self, source: Source) -> list[ExportedTable]:
        """Count what the card shows, and draw it; its file comes last."""
        from export.card.data_card import DataCard

        if self._card is None:
            with source.open("card") as connection:
                card = DataCard.gather(connection)
            self._card = card.draw()
        return []

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Fill the page."""
        assert self._card is not None  # written before
        self._card.write(self._page, tables, self._data_dir)
