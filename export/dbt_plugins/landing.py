"""dbt-duckdb plugin: looks at the landing before dbt reads it; the macro require_raw says what it found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from export.errors import ExportError
from extract.landing.check import check_landing, read_state


class Plugin(BasePlugin):  # type: ignore[misc]
    """Sets a variable in every cursor, since a variable belongs to one; loads and stores nothing."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Accept any configuration; there is none."""

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set `raw_problem` to the first problem, or null."""
        data_dir = Path(self.creds.path).parent.parent
        cursor.execute("set variable raw_problem = ?", [_find_problem_once(data_dir / "raw")])


def require_unchanged(raw_dir: Path) -> None:
    """Look whether the landing is still the one that this process began to build from; a pull waits for no build.

    Raises:
        ExportError: a pull has replaced some of it, so that some models have read the old rows and some the new.
    """
    if read_state(raw_dir) != _read_state_once(raw_dir.resolve()):
        raise ExportError(f"a pull has changed {raw_dir} during this build. The old files stay; build again")


@cache
def _find_problem_once(raw_dir: Path) -> str | None:
    _read_state_once(raw_dir.resolve())
    return check_landing(raw_dir)


@cache
def _read_state_once(raw_dir: Path) -> dict[str, tuple[int, int, int]]:
    return read_state(raw_dir)
