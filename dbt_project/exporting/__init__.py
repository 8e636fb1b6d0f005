"""The export: both SQLite databases, the JSONL files and the analysts' DuckDB, replaced together."""

from dbt_project.exporting.audit import ExportedTable
from dbt_project.exporting.errors import ExportError
from dbt_project.exporting.run import export_all

__all__ = ["ExportError", "ExportedTable", "export_all"]
