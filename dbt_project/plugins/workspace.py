"""dbt-duckdb plugin: makes the folder of the working database before DuckDB opens it."""

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin


class Plugin(BasePlugin):  # type: ignore[misc]
    """Prepares what a connection needs on disk; loads and stores nothing."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Accept any configuration; there is none."""

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:
        """Create the database's folder, so that a first build in an empty data directory can start."""
        Path(creds.path).parent.mkdir(parents=True, exist_ok=True)
