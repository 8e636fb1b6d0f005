"""data_card.html: the page that tells what the data set holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from export.exported_table import ExportedTable
from export.writers.base import ExportContext, Kind, Writer

if TYPE_CHECKING:
    from export.card.data_card import DrawnCard


class CardWriter(Writer):
    """Draws the card's figures while the working database is copied."""

    kind = Kind(name="card")
    patterns = ("data_card.html",)

    def __init__(self, context: ExportContext) -> None:
        self._data_dir = context.data_dir
        self._page = context.files.stage(context.data_dir / "data_card.html")
        self._card: DrawnCard | None = None

    def prepare(self, marts: DuckDBPyConnection) -> None:
        """Count what the card shows, and draw it."""
        from export.card.data_card import DataCard  # what draws takes long to load, and is needed by nothing else

        self._card = DataCard.gather(marts).draw()

    def finish(self, tables: Sequence[ExportedTable]) -> None:
        """Fill the page."""
        assert self._card is not None  # prepared before
        self._card.write(self._page, tables, self._data_dir)
