"""The whole export: everything is written and checked aside, then everything is replaced."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from export.entity_files import ENTITY_FILES
from export.errors import ExportError, one_line
from export.exported_table import ExportedTable
from export.publish import Replacement
from export.resources import Resources, sqlite_sorts_in
from export.settings import KINDS, ExportSettings
from export.sql import fetch_row, transaction
from export.writers.datapackage import write_package
from export.writers.datasette import write_metadata
from export.writers.jsonl import write_jsonl
from export.writers.parquet import choose_shape, write_parquet
from export.writers.warehouse import write_audit, write_warehouse

if TYPE_CHECKING:
    from export.card import DataCard

logger = logging.getLogger("exports")

DATABASES = ("eventhub", "udahub")
# What each kind leaves in the data directory.
PATTERNS = {
    "sqlite": tuple(f"{name}.db" for name in DATABASES),
    "jsonl": ("generated/*.jsonl",),
    "parquet": ("generated/*.parquet", "generated/*/part-*.parquet"),
    "warehouse": ("warehouse.duckdb",),
    "card": ("data_card.html",),
}

# Writes one wide table from a connection that sees it.
Writer = Callable[[DuckDBPyConnection], list[ExportedTable]]


@dataclass
class Generated:
    """What is to be written into generated/, and where the descriptor of its JSONL goes."""

    writers: list[Writer] = field(default_factory=list)
    package: Path | None = None

    def write(self, connection: DuckDBPyConnection) -> list[ExportedTable]:
        """Write all of it from one connection."""
        audit = [line for write in self.writers for line in write(connection)]
        if self.package:
            write_package(connection, self.package, audit)
        return audit


def export_all(
    connection: DuckDBPyConnection, data_dir: Path, settings: ExportSettings | None = None
) -> list[ExportedTable]:
    """Replace the SQLite databases, the JSONL or Parquet files, the analysts' DuckDB and the data card, as asked.

    The analysts' copy comes first; the databases and generated/ are made from it, side by side, by DuckDB
    instances of their own. So all of them show the same moment, and the caller's instance never attaches SQLite:
    listing its tables while another thread detaches a SQLite file crashes DuckDB 1.5.5. The card's figures are
    drawn while the copy is written, from what is copied. Without a copy and without
    SQLite, one transaction of the caller's instance is that moment.

    Args:
        connection: sees the marts, and no transaction is open on it.
        data_dir: where the files go.
        settings: which kinds; those by default if None.

    Returns:
        A line a table of each file written, the analysts' DuckDB apart.

    Raises:
        ExportError: a check failed or a file could not be written; the old files are as they were.
    """
    settings = settings or ExportSettings()
    try:
        kinds = settings.choose_kinds(fetch_row(connection, "select count(*) from main.reservations")[0])
        audit = _export(connection, data_dir, kinds, settings.parquet_rows_per_file)
    except (duckdb.Error, sqlite3.Error, OSError) as error:  # a full disk, above all
        raise ExportError(f"the export failed: {one_line(error)}. The old files stay.") from error
    _tell_what_stays(data_dir, kinds)
    return audit


def _export(
    connection: DuckDBPyConnection, data_dir: Path, kinds: frozenset[str], parquet_rows_per_file: int
) -> list[ExportedTable]:
    with Replacement(data_dir) as replacement:
        generated = _plan_generated(connection, replacement, data_dir / "generated", kinds, parquet_rows_per_file)
        page = replacement.aside(data_dir / "data_card.html") if "card" in kinds else None
        if "warehouse" in kinds:
            warehouse = replacement.aside(data_dir / "warehouse.duckdb")
        elif "sqlite" in kinds:
            warehouse = replacement.scratch(data_dir / "work" / "export.duckdb")
        else:
            with transaction(connection):
                audit = generated.write(connection)
                if page:
                    _import_card().gather(connection).draw().write(page, audit)
                return audit
        databases = {
            name: replacement.aside(data_dir / f"{name}.db") for name in (DATABASES if "sqlite" in kinds else ())
        }
        with sqlite_sorts_in(data_dir / "work"):
            audit = _export_copy(connection, warehouse, generated, databases, page)
        if databases:
            write_metadata(replacement.aside(data_dir / "metadata.json"))
        if "warehouse" in kinds:
            write_audit(connection, warehouse, audit)
    return audit


def _plan_generated(
    connection: DuckDBPyConnection,
    replacement: Replacement,
    folder: Path,
    kinds: frozenset[str],
    parquet_rows_per_file: int,
) -> Generated:
    generated = Generated(package=replacement.aside(folder / "datapackage.json") if "jsonl" in kinds else None)
    for table in ENTITY_FILES:
        if "jsonl" in kinds:
            lines = replacement.aside(folder / f"{table.name}.jsonl")
            generated.writers.append(partial(write_jsonl, table=table, path=lines))
        if "parquet" in kinds:
            shape = choose_shape(connection, table, parquet_rows_per_file)
            ours, other = (folder / pattern.format(table.name) for pattern in shape.names)
            columns = replacement.aside(ours)
            replacement.supersede(other)
            generated.writers.append(partial(write_parquet, table=table, shape=shape, path=columns))
    return generated


def _export_copy(
    connection: DuckDBPyConnection,
    warehouse: Path,
    generated: Generated,
    databases: dict[str, Path],
    page: Path | None,
) -> list[ExportedTable]:
    """Copy the working database, and write all the rest from the copy."""
    resources = Resources.of(connection)
    with ThreadPoolExecutor() as pool:
        copying = pool.submit(write_warehouse, connection, warehouse)
        # SQLAlchemy takes long to import, and the card to draw: DuckDB copies meanwhile
        from export.writers.sqlite import check_references_across, fill_database

        drawing = pool.submit(_import_card().gather(connection.cursor()).draw) if page else None
        copying.result()
        with resources.lower(connection):
            filling = [pool.submit(fill_database, resources, warehouse, name, path) for name, path in databases.items()]
            with resources.open_copy(warehouse, "generated") as copy:
                audit = generated.write(copy)
            audit += [line for database in filling for line in database.result()]
    if databases:
        check_references_across(databases["eventhub"], databases["udahub"])
    if page and drawing:
        drawing.result().write(page, audit)
    return audit


def _import_card() -> type[DataCard]:
    """Load what draws, only where a card is asked for."""
    from export.card import DataCard

    return DataCard


def _tell_what_stays(data_dir: Path, kinds: frozenset[str]) -> None:
    """Files of a kind that is switched off are not ours to remove, but they tell of another build."""
    stale = [
        pattern for kind in KINDS if kind not in kinds for pattern in PATTERNS[kind] if any(data_dir.glob(pattern))
    ]
    if stale:
        logger.warning("Not written now, so these are still of an earlier build: %s", ", ".join(stale))
