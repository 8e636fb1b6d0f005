"""dbt-duckdb plugin: tells DuckDB where the raw content and the seeds are, and what is wrong with them.

Models name a raw file by a function, so that no character of a folder's name means anything to dbt, Jinja or DuckDB. It
is made anew whenever the working database is opened, so that one that was copied or moved reads no folder of old.
"""

from __future__ import annotations

import glob
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from export.errors import ExportError
from export.sql import literal
from export.writers.warehouse import RAW_FILE
from extract.landing.check import check_landing, read_state

SEEDS = Path("work", "seeds")


@dataclass(frozen=True)
class Landing:
    """The raw content as it was when a build began."""

    raw_dir: Path
    state: dict[str, tuple[int, int, int]]

    @cached_property
    def problem(self) -> str | None:
        """The first thing that keeps dbt from building on it."""
        return check_landing(self.raw_dir)


_noticed: dict[Path, Landing] = {}


class Plugin(BasePlugin):  # type: ignore[misc]
    """Makes a function once, and sets variables in every cursor, since a variable belongs to one."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Accept any configuration; there is none."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Make the function raw_file, which gives the path of a raw file by its name."""
        folder = literal(f"{_write_path(self._data_dir / 'raw')}/")
        conn.execute(f"create or replace function {RAW_FILE}(name) as {folder} || name")

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set `seeds_dir` and `work_dir` to folders, and `raw_problem` to the landing's first problem, or null."""
        problem = notice(self._data_dir / "raw").problem
        values = {
            "seeds_dir": literal(_write_path(self._data_dir / SEEDS)),
            "work_dir": literal((self._data_dir / "work").absolute()),
            "raw_problem": "null" if problem is None else literal(problem),
        }
        # In one statement and without parameters, since each node has a cursor of its own.
        cursor.execute("; ".join(f"set variable {name} = {value}" for name, value in values.items()))

    @property
    def _data_dir(self) -> Path:
        return Path(self.creds.path).parent.parent


def notice(raw_dir: Path) -> Landing:
    """Look at the landing, once a build."""
    place = raw_dir.resolve()
    if place not in _noticed:
        _noticed[place] = Landing(raw_dir, read_state(raw_dir))
    return _noticed[place]


def forget(raw_dir: Path) -> None:
    """Let the next build look anew."""
    _noticed.pop(raw_dir.resolve(), None)


def require_unchanged(raw_dir: Path) -> None:
    """Look whether the landing is still the one that the build began with; a pull waits for no build.

    Raises:
        ExportError: a pull has replaced some of it, so that some models have read the old rows and some the new.
    """
    if read_state(raw_dir) != notice(raw_dir).state:
        raise ExportError(f"a pull has changed {raw_dir} during this build. The old files stay; build again")


def _write_path(folder: Path) -> str:
    """Write a path so that DuckDB takes no character of it for a pattern, and from whatever folder it is read."""
    return glob.escape(str(folder.absolute()))
