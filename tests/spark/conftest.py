"""One landing at the test volume, built by DuckDB and by Spark."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.spark_stages import write_log_settings
from tests.paths import REPO_ROOT
from tests.pipeline.commands import AS_OF, build_environment, run_dbt_alone, run_extract
from tools.build_on_spark import VENV

# At the test volume each method runs a few times: compiling them once more, for speed, was half of a build's work. What
# is compiled once is more than the JVM keeps room for by default where that is all it does.
QUICK_START = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m"}


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


def start_on_spark(data_dir: Path, *arguments: str, is_small: bool = True) -> subprocess.Popen[str]:
    """Start the tool of `make spark` for a data directory, with a group of its own for all that it starts."""
    command = [sys.executable, str(REPO_ROOT / "tools" / "build_on_spark.py"), *arguments]
    return subprocess.Popen(
        command,
        cwd=REPO_ROOT,
        env=build_environment(data_dir) | (QUICK_START if is_small else {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def build_on_spark(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the tool of `make spark` to its end."""
    with start_on_spark(data_dir, *arguments) as process:
        printed = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, *printed)


def make_builds(
    folder: Path, *, volume: str = "test", asked: Mapping[str, int] | None = None, unit_tests: bool = False
) -> Builds:
    """Pull a volume and build it on both engines, with every rule and test: one waits while the other works.

    Args:
        folder: where the data directory is made.
        volume: test, portfolio or full.
        asked: vars beside as_of.
        unit_tests: on Spark, too.
    """
    data_dir = folder / "data"
    stated = json.dumps({"as_of": AS_OF, **(asked or {})})
    pulled = run_extract(data_dir, "--volume", volume)
    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    more = ["--unit-tests"] if unit_tests else []
    with start_on_spark(data_dir, "--vars", stated, *more, is_small=volume == "test") as process:
        by_duckdb = run_dbt_alone(data_dir, "build", "--quiet", "--vars", stated)
        printed = process.communicate()
    assert by_duckdb.returncode == 0, by_duckdb.stdout
    assert process.returncode == 0, printed
    spark = data_dir / "spark"
    return Builds(
        warehouse=data_dir / "work" / "warehouse.duckdb",
        spark=spark / (spark / "current").read_text(encoding="utf-8").strip(),
        data_dir=data_dir,
    )


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Both builds of the default seed; tests only read them."""
    if obstacle := find_obstacle():
        pytest.skip(obstacle)
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as environment:
        write_log_settings(folder / "settings", folder / "data" / "events")
        environment.setenv("SPARK_CONF_DIR", str(folder / "settings"))
        return make_builds(folder, unit_tests=True)
