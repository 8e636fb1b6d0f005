"""The card as a whole: gathered from the marts, drawn, written once the files are there to be listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from duckdb import DuckDBPyConnection

from data.models import eventhub, udahub
from export.card.baselines import read_measured
from export.card.databases import Database, describe_database
from export.card.page import Sections, draw_sections, write_page
from export.card.query_results import QueryResults, count_rows, run_queries
from export.exported_table import ExportedTable

BASES = {"eventhub": eventhub.Base, "udahub": udahub.Base}


@dataclass(frozen=True)
class DrawnCard:
    """A card that lacks only what the files turn out to be."""

    card: DataCard
    sections: Sections

    def write(self, path: Path, tables: Sequence[ExportedTable], data_dir: Path | None = None) -> None:
        """Write the page, with what was measured on files of the data directory."""
        measured = read_measured(data_dir, tables) if data_dir else []
        write_page(path, self.card.results, self.card.databases, self.sections, tables, measured)


@dataclass(frozen=True)
class DataCard:
    """All that the card needs of the data; small, however large they are."""

    results: QueryResults
    databases: tuple[Database, ...]

    @classmethod
    def gather(cls, connection: DuckDBPyConnection) -> Self:
        """Count what the card shows on a connection that sees the marts."""
        databases = tuple(
            describe_database(name, base, count_rows(connection, name, sorted(base.metadata.tables)))
            for name, base in BASES.items()
        )
        return cls(run_queries(connection), databases)

    def draw(self) -> DrawnCard:
        """Draw the figures; needs no connection.

        Raises:
            ExportError: the drawing library is not there, or refuses a chart.
        """
        return DrawnCard(self, draw_sections(self.results))
