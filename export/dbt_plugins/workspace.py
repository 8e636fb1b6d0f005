"""dbt-duckdb plugin: checks what a command was asked, then takes hold of the data directory until the command ends."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.factory import get_adapter_by_type
from dbt.flags import get_flags
from dbt_common.events.event_manager_client import add_callback_to_manager
from dbt_common.events.functions import fire_event
from dbt_common.events.types import Note
from duckdb import DuckDBPyConnection

from common.atomic_write import remove
from export.dbt_plugins.build_lock import give_back, hold
from export.dbt_plugins.landing import SEEDS, forget, notice
from export.dbt_plugins.log_file import skip_unseen, write_log
from export.dbt_plugins.options import find_project_root, read_vars
from export.dbt_plugins.shortcuts import take_shortcuts
from export.dbt_plugins.template_codes import template_codes
from export.dbt_plugins.threads import Threads, choose_threads
from export.dbt_plugins.variables import check_environment, check_vars
from export.errors import ExportError
from export.journal import clear_leftovers, finish_killed_publication
from extract.errors import ExtractError
from extract.paths import REPO_ROOT, SEEDS_DIR, find_data_dir, find_folder
from extract.planning.seed_checks import Rows
from extract.planning.seed_files import read_columns, write_seed_file
from extract.planning.seeds import read_all

logger = logging.getLogger("exports")

DATABASE = Path("work", "warehouse.duckdb")
SPILL = Path("work", "spill")
# DuckDB would write its file anew at each 16 MB of small tables, a dozen times a build. What is larger than this goes
# into the file at once, as ever, and all else when the command ends.
CHECKPOINT = "256MiB"
# Row groups that a thread computes before it compresses them and writes them. DuckDB's default is five: a table of a
# million rows would all be computed before any of it is written.
UNWRITTEN_ROW_GROUPS = 1
# What dbt says last in every command, whether it went well, failed or was interrupted.
LAST_EVENT = "CommandCompleted"


class Plugin(BasePlugin):  # type: ignore[misc]
    """Prepares what a connection needs on disk, and gives all back at the end; loads and stores nothing."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Accept any configuration; there is none.

        What dbt has parsed by now stays to the command's end; looking for garbage in it again and again takes a
        twentieth of a build.
        """
        self._connection: DuckDBPyConnection | None = None
        self._data_dir: Path | None = None
        self._thresholds = gc.get_threshold()
        self._switch_interval = sys.getswitchinterval()
        take_shortcuts()
        template_codes.read()
        add_callback_to_manager(self._hear)
        if gc.get_freeze_count():  # an earlier command's, in the same process
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        gc.set_threshold(100_000)
        gc.enable()  # make starts dbt without (tools/run_dbt.py)
        # A node whose query has ended would wait up to 5 ms for the one that is compiled, several times a query.
        sys.setswitchinterval(0.001)

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:
        """Check vars and seeds, then make the folder, hold it, and put right what a killed build has left.

        Raises:
            RuntimeError: in one line, why nothing can be built here now.
        """
        try:
            require_own_code(find_project_root())
            data_dir = find_data_dir()
            check_vars(read_vars())
            check_environment(os.environ)
            seeds = read_all(find_folder("EVENTHUB_SEEDS_DIR", SEEDS_DIR))
            if hold(data_dir):
                self._data_dir = data_dir
                tidy(data_dir / DATABASE)
                notice(data_dir / "raw")
                write_seeds(data_dir / SEEDS, seeds)
                skip_unseen()
                write_log(data_dir / "work" / "logs")
        except (ExportError, ExtractError) as error:
            raise RuntimeError(str(error)) from None
        except OSError as error:
            raise RuntimeError(f"{error.filename} cannot be written: {error.strerror}.") from None
        # Only here, because dbt would read a name of its own out of a path with a # in it, and quote none.
        creds.path = str(data_dir / DATABASE)
        config["temp_directory"] = str(data_dir / SPILL)
        config["checkpoint_threshold"] = CHECKPOINT
        config["write_buffer_row_group_count"] = UNWRITTEN_ROW_GROUPS
        if not os.environ.get("EVENTHUB_THREADS"):
            share_threads(choose_threads(data_dir / "raw", read_vars()), config)

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Remember the connection that all others come from."""
        self._connection = conn

    def _hear(self, event: Any) -> None:
        if event.info.name == LAST_EVENT:
            self._give_back()

    def _give_back(self) -> None:
        """Give back all that the command has taken, so that its process may go on without it."""
        template_codes.keep()
        get_adapter_by_type("duckdb").cleanup_connections()
        if self._connection:
            # Closing writes what is not in the file yet; to compress small tables takes longer than to write them.
            with suppress(duckdb.Error):  # a full disk, above all: then nothing is written any more
                self._connection.execute("set force_compression = 'uncompressed'")
            self._connection.close()
        DuckDBConnectionManager.close_all_connections()
        if self._data_dir:
            forget(self._data_dir / "raw")
            give_back(self._data_dir)
        gc.set_threshold(*self._thresholds)
        sys.setswitchinterval(self._switch_interval)


def require_own_code(project_root: Path) -> None:
    """Make sure that this code is the project's own, which a process that has built from another checkout has not.

    Raises:
        ExportError: naming both.
    """
    if not project_root.resolve().samefile(REPO_ROOT):
        raise ExportError(
            f"{project_root} is to be built, but this Python process has loaded the code of {REPO_ROOT}."
            " Build it in a process of its own"
        )


def share_threads(threads: Threads, config: dict[str, Any]) -> None:
    """Set them for dbt, unless its command says how many, and for DuckDB.

    dbt has told of those of the profile by now, which are a small set's.
    """
    profile = get_adapter_by_type("duckdb").config
    if get_flags().THREADS is None and profile.threads != threads.dbt:
        profile.threads = threads.dbt
        fire_event(Note(msg=f"A set of this size has {threads.dbt} threads."))
    if threads.duckdb:
        config["threads"] = threads.duckdb


def write_seeds(folder: Path, seeds: dict[str, Rows]) -> None:
    """Write the seeds as dbt loads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in seeds.items():
        write_seed_file(folder / f"{name}.csv", read_columns()[name], rows)


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
