"""Makes the files of a build on Spark: `python -m export --from FOLDER`, on one machine, by DuckDB."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import astuple
from pathlib import Path

from export.dbt_plugins.build_lock import give_back, hold
from export.dbt_plugins.variables import check_environment
from export.errors import ExportError, one_line
from export.exported_table import COLUMNS
from export.freshness import BUILT
from export.run import export_all
from export.settings import ExportSettings, read_settings
from export.spark_warehouse import find_build, open_build
from export.summary import describe, read_build, write
from extract.paths import require_data_dir


def export_build(build: Path, data_dir: Path, settings: ExportSettings) -> None:
    """Replace the files of a data directory by those of a finished build, and say what was made.

    Raises:
        ExportError: a check failed, or a file could not be written; the old files are as they were.
    """
    hold(data_dir)
    try:
        # The files are no longer those of the build that `make run` remembers.
        (data_dir / BUILT).unlink(missing_ok=True)
        with open_build(build, _list_settings(data_dir)) as connection:
            tables = export_all(connection.cursor(), data_dir, settings)
            connection.execute(f"create table analytics.exported_files ({COLUMNS})")
            if tables:
                rows = [astuple(table) for table in tables]
                connection.executemany("insert into analytics.exported_files values (?, ?, ?, ?, ?)", rows)
            write(describe(read_build(connection), data_dir), sys.stdout)
    finally:
        give_back(data_dir)


def _list_settings(data_dir: Path) -> dict[str, str]:
    stated = {"memory_limit": "EVENTHUB_MEMORY_LIMIT", "threads": "EVENTHUB_THREADS"}
    given = {name: os.environ[variable] for name, variable in stated.items() if os.environ.get(variable)}
    return {"temp_directory": str(data_dir / "work" / "spill"), **given}


def main(words: list[str]) -> int:
    """Export; return 0, 1 if it failed, or 2 if nothing can be made of what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m export", description=__doc__)
    parser.add_argument(
        "--from",
        dest="folder",
        metavar="FOLDER",
        type=Path,
        required=True,
        help="a build on Spark, or the folder of builds",
    )
    parser.add_argument("--exports", nargs="+", metavar="KIND", help="kinds of files, as the var exports has them")
    parser.add_argument("--parquet-rows-per-file", metavar="ROWS", help="as the var parquet_rows_per_file")
    asked = parser.parse_args(words)
    data_dir = require_data_dir()
    try:
        check_environment(os.environ)
        settings = read_settings(asked.exports, asked.parquet_rows_per_file)
        build = find_build(asked.folder)
    except (ExportError, OSError) as error:
        sys.stderr.write(f"error: {one_line(error)}\n")
        return 2
    try:
        export_build(build, data_dir, settings)
    except (ExportError, OSError) as error:
        sys.stderr.write(f"error: {one_line(error)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
