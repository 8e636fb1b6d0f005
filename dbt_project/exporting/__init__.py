"""The export: both SQLite databases, JSONL or Parquet files and the analysts' DuckDB, replaced together."""

from dbt_project.exporting.audit import ExportedTable
from dbt_project.exporting.errors import ExportError, ExportStopped
from dbt_project.exporting.run import export_all
from dbt_project.exporting.settings import ExportSettings, read_settings

__all__ = ["ExportError", "ExportSettings", "ExportStopped", "ExportedTable", "export_all", "read_settings"]
