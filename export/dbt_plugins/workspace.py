"""dbt-duckdb plugin: takes hold of the data directory and tidies it before DuckDB opens the working database."""

from __future__ import annotations

import gc
import logging
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from common.atomic_write import remove
from export.dbt_plugins.build_lock import hold
from export.errors import ExportError
from export.journal import clear_leftovers, finish_killed_publication

logger = logging.getLogger("exports")


class Plugin(BasePlugin):  # type: ignore[misc]
    """Prepares what a connection needs on disk; loads and stores nothing."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Accept any configuration; there is none.

        What dbt has parsed by now stays to its end; looking for garbage in it again and again takes a
        twentieth of a build.
        """
        gc.freeze()
        gc.set_threshold(100_000)

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:
        """Make the folder, hold it, and put right what a killed build has left.

        Raises:
            DbtRuntimeError: in one line, why nothing can be built here now.
        """
        database = Path(creds.path)
        try:
            if hold(database.parent.parent):
                tidy(database)
        except ExportError as error:
            raise DbtRuntimeError(str(error)) from None


def tidy(database: Path) -> None:
    """Finish or remove what a killed build has left; the working database is one that opens, or none.

    Raises:
        ExportError: another process has the working database open, or a file cannot be moved.
    """
    data_dir = database.parent.parent
    if finish_killed_publication(data_dir):
        logger.warning("A killed build had not put all its files in place; now they are.")
    clear_leftovers(data_dir)
    for spill in database.parent.glob("spill*"):
        shutil.rmtree(spill, ignore_errors=True)
    try:
        duckdb.connect(str(database)).close()
    except duckdb.Error as error:
        if held := re.search(r"Conflicting lock is held in (.*?) ?(\(PID \d+\))", str(error)):
            raise ExportError(
                f"{database} is open in another process: {held[1]} {held[2]}. Close it there;"
                f" {data_dir / database.name} is the copy to open, at any time."
            ) from error
        _start_anew(database, error)


def _start_anew(database: Path, error: duckdb.Error) -> None:
    """Remove a working database that a kill or a full disk has damaged; all that is in it is built from raw."""
    logger.warning("%s cannot be opened and is built anew: %s", database, str(error).splitlines()[0])
    try:
        for path in (database, Path(f"{database}.wal")):
            remove(path)
        duckdb.connect(str(database)).close()
    except (OSError, duckdb.Error) as again:
        raise ExportError(f"{database} cannot be written: {str(again).splitlines()[0]}") from again
