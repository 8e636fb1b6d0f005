"""What dbt was asked: its vars, those of the command line over those of dbt_project.yml, and its flags."""

from __future__ import annotations

from pathlib import Path

from dbt.adapters.factory import get_adapter_by_type
from dbt.flags import get_flags

from export.settings import ExportSettings, read_settings


def find_project_root() -> Path:
    """Return the folder of the project that dbt builds."""
    return Path(get_flags().PROJECT_DIR)


def read_vars() -> dict[str, object]:
    """Return all vars; those under the project's name are its own."""
    config = get_adapter_by_type("duckdb").config
    if not hasattr(config, "vars"):  # dbt debug knows a profile alone
        return dict(get_flags().VARS)
    stated = dict(config.vars.to_dict())
    own = stated.pop(config.project_name, {})
    return {**stated, **own, **config.cli_vars}


def read_export_settings() -> ExportSettings:
    """Return which kinds of files to write.

    Raises:
        ExportError: a var cannot be meant.
    """
    stated = read_vars()
    return read_settings(stated.get("exports"), stated.get("parquet_rows_per_file"))


def is_empty() -> bool:
    """Tell whether tables are built without rows, by --empty."""
    return bool(getattr(get_flags(), "EMPTY", False))
