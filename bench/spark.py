"""The models up to the bookings on Spark, beside the same models on DuckDB."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from bench.builds import REPO_ROOT, WITHOUT_TESTS, pull, read_times, run_dbt, write_vars
from bench.process import Watched, watch
from bench.results import Line, compare
from bench.spark_stages import find_log, read_log, read_stages, write_log_settings
from tools.build_on_spark import VENV, CannotStart, require_java, require_spark

ASKED_AT = 5_000_000
MOST_SECONDS = 110
MOST_SECONDS_OF_BOOKINGS = 25
BOOKINGS = "int_bookings__priced"
SELECTION = ("--select", f"+{BOOKINGS}", "--exclude", *WITHOUT_TESTS)


def find_obstacle() -> str | None:
    """Say in one line why nothing can be built on Spark here."""
    try:
        require_java(os.environ)
        require_spark(os.environ, VENV)
    except CannotStart as error:
        return str(error)
    return None


def measure(size: int) -> list[Line]:
    """Build up to the bookings on Spark and on DuckDB, from the same landed content."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        on_duckdb, on_spark = Path(directory) / "duckdb", Path(directory) / "spark"
        pull(on_duckdb)
        shutil.copytree(on_duckdb, on_spark)
        fast = run_dbt(on_duckdb, "build", "--quiet", "--vars", write_vars(size), *SELECTION)
        slow = build_on_spark(on_spark, size)
        bookings = [
            sum(s for path, s in read_times(folder).items() if BOOKINGS in path) for folder in (on_spark, on_duckdb)
        ]
        stages = read_stages(read_log(find_log(on_spark / "events")))
    tasks = sum(stage.cpu_seconds for stage in stages)
    of_bookings = sum(stage.cpu_seconds for stage in stages if stage.table == BOOKINGS)
    asked, asked_of_bookings = (
        (f"at most {bound}" if size == ASKED_AT else "") for bound in (MOST_SECONDS, MOST_SECONDS_OF_BOOKINGS)
    )
    return [
        compare(
            f"Models up to {size:,} bookings on Spark, seconds",
            asked,
            slow.seconds,
            f"{slow}, of it {tasks:.1f} s in tasks; {slow.peak_bytes / 1e9:.1f} GB",
        ),
        compare(
            f"{BOOKINGS} of {size:,} bookings on Spark, seconds",
            asked_of_bookings,
            bookings[0],
            f"by dbt's own timing; {of_bookings:.1f} s of CPU in its tasks; on DuckDB {bookings[1]:.2f} s",
        ),
        compare(
            f"Models up to {size:,} bookings, Spark against DuckDB",
            "",
            slow.seconds / fast.seconds,
            f"{slow} against {fast}, by CPU {slow.cpu_seconds / fast.cpu_seconds:.1f}",
        ),
    ]


def build_on_spark(data_dir: Path, size: int) -> Watched:
    """Build the models by dbt-spark, in a session of its own that logs its stages."""
    settings = data_dir / "conf"
    write_log_settings(settings, data_dir / "events")
    environment = {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "EVENTHUB_SPARK_WAREHOUSE": str(data_dir / "tables"),
        "SPARK_CONF_DIR": str(settings),
        "DBT_TARGET_PATH": str(data_dir / "target"),
        "DBT_LOG_PATH": str(data_dir / "logs"),
    }
    command = [str(VENV / "bin" / "python"), str(VENV / "bin" / "dbt"), "build", "--target", "spark", "--quiet"]
    return watch([*command, "--vars", write_vars(size), *SELECTION], REPO_ROOT, environment, data_dir / "spill")
