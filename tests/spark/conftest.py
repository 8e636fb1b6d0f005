"""One landing at the test volume, built by DuckDB and by Spark."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.paths import REPO_ROOT
from tests.pipeline.commands import AS_OF, build_environment, run_dbt_alone, run_extract

VENV = REPO_ROOT / ".venv-spark"


@dataclass(frozen=True, kw_only=True)
class Builds:
    """The same world twice: DuckDB's database, and the folder of Spark's tables."""

    warehouse: Path
    spark: Path
    data_dir: Path


def find_obstacle() -> str | None:
    """Say why nothing can be built on Spark here."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "there is no Java"
    if not (VENV / "bin" / "dbt").exists():
        return "there is no .venv-spark: make test-spark"
    return None


def build_on_spark(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the tool of `make spark` for a data directory."""
    command = [sys.executable, str(REPO_ROOT / "tools" / "build_on_spark.py"), *arguments]
    return subprocess.run(
        command, cwd=REPO_ROOT, env=build_environment(data_dir), capture_output=True, text=True, check=False
    )


def make_builds(folder: Path, *, seed: int) -> Builds:
    """Pull the test volume and build it on both engines, with every rule and test."""
    data_dir = folder / "data"
    stated = f"{{seed: {seed}, as_of: '{AS_OF}'}}"
    pulled = run_extract(data_dir, "--test")
    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    by_duckdb = run_dbt_alone(data_dir, "build", "--quiet", "--exclude-resource-type", "unit_test", "--vars", stated)
    assert by_duckdb.returncode == 0, by_duckdb.stdout
    by_spark = build_on_spark(data_dir, "--vars", stated, "--unit-tests")
    assert by_spark.returncode == 0, by_spark.stdout + by_spark.stderr
    spark = data_dir / "spark"
    return Builds(
        warehouse=data_dir / "work" / "warehouse.duckdb",
        spark=spark / (spark / "current").read_text(encoding="utf-8").strip(),
        data_dir=data_dir,
    )


def write_settings(folder: Path) -> Path:
    """Have Spark write its event log to a folder `events`, which tests read stages and plans from."""
    settings, events = folder / "settings", folder / "data" / "events"
    settings.mkdir()
    events.mkdir(parents=True)
    (settings / "spark-defaults.conf").write_text(
        f"spark.eventLog.enabled true\nspark.eventLog.dir {events.as_uri()}\nspark.eventLog.compress false\n",
        encoding="utf-8",
    )
    return settings


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Both builds of the default seed; tests only read them."""
    if obstacle := find_obstacle():
        pytest.skip(obstacle)
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_CONF_DIR", str(write_settings(folder)))
        return make_builds(folder, seed=42)
