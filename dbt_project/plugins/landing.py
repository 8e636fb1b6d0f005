"""dbt-duckdb plugin: looks at the landing before dbt reads it; the macro require_raw says what it found."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from extract.landed import find_problem


class Plugin(BasePlugin):  # type: ignore[misc]
    """Sets a variable in every cursor, since a variable belongs to one; loads and stores nothing."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Accept any configuration; there is none."""

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set `raw_problem` to the first problem, or null."""
        data_dir = Path(self.creds.path).parent.parent
        cursor.execute("set variable raw_problem = ?", [_find_problem_once(data_dir / "raw")])


@cache
def _find_problem_once(raw_dir: Path) -> str | None:
    return find_problem(raw_dir)
