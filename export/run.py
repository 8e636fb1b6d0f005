"""The whole export: everything is written and checked aside, then everything is replaced."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from export.errors import ExportError, one_line
from export.exported_table import ExportedTable
from export.file_copy import copy_file
from export.publish import Publication
from export.resources import Resources
from export.settings import ExportSettings
from export.source import DatabaseCopy, OpenTransaction
from export.sql import fetch_row, transaction
from export.writers import WRITERS
from export.writers.base import ExportContext, Writer
from export.writers.warehouse import copy_database

logger = logging.getLogger("exports")


def export_all(
    connection: DuckDBPyConnection, data_dir: Path, settings: ExportSettings | None = None
) -> list[ExportedTable]:
    """Replace the files of the kinds asked for: SQLite, JSONL or Parquet, the analysts' DuckDB and the data card.

    The analysts' copy comes first; the other files are made from it, side by side, by DuckDB instances of their own.
    So all of them show the same moment, and the caller's instance never attaches SQLite: listing its tables while
    another thread detaches a SQLite file crashes DuckDB 1.5.5. Without a copy and without SQLite, one transaction of
    the caller's instance is that moment.

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
        reservations = count_reservations(connection)
        kinds = settings.choose_kinds(reservations)
        with Publication(data_dir) as files:
            context = ExportContext(
                marts=connection,
                files=files,
                data_dir=data_dir,
                reservations=reservations,
                rows_per_file=settings.parquet_rows_per_file,
            )
            writers = [writer(context) for writer in WRITERS if writer.kind.name in kinds]
            tables = _write(writers, context)
    except (duckdb.Error, sqlite3.Error, OSError) as error:  # a full disk, above all
        raise ExportError(f"the export failed: {one_line(error)}. The old files stay.") from error
    _tell_what_stays(data_dir, kinds)
    return tables


def count_reservations(connection: DuckDBPyConnection) -> int:
    """Return the size that decides which kinds are written by default."""
    return int(fetch_row(connection, "select count(*) from main.reservations")[0])


def _write(writers: Sequence[Writer], context: ExportContext) -> list[ExportedTable]:
    copy = next((writer.copy for writer in writers if writer.copy), None)
    if copy is None and any(writer.needs_copy for writer in writers):
        copy = context.files.stage_scratch(context.data_dir / "work" / "export.duckdb")
    tables = _write_from_copy(writers, context, copy) if copy else _write_at_once(writers, context.marts)
    for writer in writers:
        writer.finish(tables)
    return tables


def _write_from_copy(writers: Sequence[Writer], context: ExportContext, copy: Path) -> list[ExportedTable]:
    """Copy the working database, and write from the copy, each writer on its own.

    Who can do with views of the wide entities begins at once, and reads a copy of the file: DuckDB lets no instance
    read a file that another one writes.
    """
    connection = context.marts
    resources = Resources.of(connection, instances=1 + sum(writer.instances for writer in writers))
    with ThreadPoolExecutor() as pool:
        preparing = {writer: pool.submit(writer.prepare, connection.cursor()) for writer in writers}

        def write(writer: Writer, source: DatabaseCopy) -> list[ExportedTable]:
            preparing[writer].result()
            return writer.write(source)

        early = [writer for writer in writers if writer.reads_views]
        views = context.files.stage_scratch(context.data_dir / "work" / "views.duckdb")
        if not early or not copy_file(connection, views):
            early = []
        writing = {writer: pool.submit(write, writer, DatabaseCopy(views, resources)) for writer in early}
        with resources.lower(connection, at_work=sum(writer.instances for writer in early)):
            copy_database(connection, copy)
        with resources.lower(connection, at_work=resources.instances - 1):
            writing |= {
                writer: pool.submit(write, writer, DatabaseCopy(copy, resources))
                for writer in writers
                if writer not in writing
            }
            tables = [table for writer in writers for table in writing[writer].result()]
    return tables


def _write_at_once(writers: Sequence[Writer], connection: DuckDBPyConnection) -> list[ExportedTable]:
    """Write from one transaction, one writer after the other."""
    with transaction(connection):
        for writer in writers:
            writer.prepare(connection)
        return [table for writer in writers for table in writer.write(OpenTransaction(connection))]


def _tell_what_stays(data_dir: Path, kinds: frozenset[str]) -> None:
    """Files of a kind that is switched off are not ours to remove, but they tell of another build."""
    patterns = [pattern for writer in WRITERS if writer.kind.name not in kinds for pattern in writer.patterns]
    if stale := [pattern for pattern in patterns if any(data_dir.glob(pattern))]:
        logger.warning("Not written now, so these are still of an earlier build: %s", ", ".join(stale))
