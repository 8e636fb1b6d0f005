"""The whole export: everything is written and checked aside, then everything is replaced."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from dbt_project.exporting.audit import ExportedTable
from dbt_project.exporting.errors import ExportError
from dbt_project.exporting.jsonl_files import JSONL_FILES, write_jsonl
from dbt_project.exporting.replacing import Replacement
from dbt_project.exporting.sql import open_copy
from dbt_project.exporting.warehouse_file import write_audit, write_warehouse


def export_all(connection: DuckDBPyConnection, data_dir: Path) -> list[ExportedTable]:
    """Replace both SQLite databases, the JSONL files and the analysts' DuckDB.

    The analysts' copy comes first; the other files are made from it, side by side, by DuckDB instances of
    their own. So all of them show the same moment, and the caller's instance never attaches SQLite: listing
    its tables while another thread detaches a SQLite file crashes DuckDB 1.5.5.

    Args:
        connection: sees the marts, and no transaction is open on it.
        data_dir: where the files go.

    Returns:
        A line a table of each SQLite and JSONL file.

    Raises:
        ExportError: a check failed or a file could not be written; the old files are as they were.
    """
    try:
        return _export(connection, data_dir)
    except (duckdb.Error, sqlite3.Error) as error:  # a full disk, above all
        raise ExportError(f"the export failed: {error}. The old files stay.") from error


def _export(connection: DuckDBPyConnection, data_dir: Path) -> list[ExportedTable]:
    with Replacement() as replacement, ThreadPoolExecutor() as pool:
        lines = {file: replacement.aside(data_dir / f"generated/{file.name}.jsonl") for file in JSONL_FILES}
        databases = {name: replacement.aside(data_dir / f"{name}.db") for name in ("eventhub", "udahub")}
        warehouse = replacement.aside(data_dir / "warehouse.duckdb")
        copying = pool.submit(write_warehouse, connection, warehouse)
        # SQLAlchemy takes long to import, up to a third of the export: DuckDB copies meanwhile
        from dbt_project.exporting.sqlite_files import check_references_across, fill_database

        copying.result()
        filling = [pool.submit(fill_database, warehouse, name, path) for name, path in databases.items()]
        with open_copy(warehouse) as copy:
            audit = [write_jsonl(copy, file, path) for file, path in lines.items()]
        audit += [table for database in filling for table in database.result()]
        check_references_across(databases["eventhub"], databases["udahub"])
        write_audit(connection, warehouse, audit)
    return audit
