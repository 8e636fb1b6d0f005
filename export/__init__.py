"""The export: both SQLite databases, JSONL or Parquet files and the analysts' DuckDB, replaced together."""

from export.errors import ExportError, ExportStopped
from export.exported_table import ExportedTable
from export.run import export_all
from export.settings import ExportSettings, read_settings

__all__ = ["ExportError", "ExportSettings", "ExportStopped", "ExportedTable", "export_all", "read_settings"]
