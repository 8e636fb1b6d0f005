"""A build on Spark that is killed: nobody believes its half, and the build before stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from export.spark_warehouse import find_build
from tests.paths import REPO_ROOT
from tests.pipeline.commands import AS_OF, build_environment
from tests.spark.conftest import Builds, start_on_spark

pytestmark = [pytest.mark.spark, pytest.mark.long]

PATIENCE_SECONDS = 900


def build_and_kill(data_dir: Path, is_time: Callable[[], bool]) -> None:
    """Kill a build with all that it has started, once it is time."""
    with start_on_spark(data_dir, "--vars", f"{{as_of: '{AS_OF}'}}") as process:
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_time():
            assert process.poll() is None and time.monotonic() < until
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGKILL)


def list_runs(warehouse: Path) -> set[str]:
    return {path.name for path in warehouse.glob("run-*")}


def test_the_half_of_a_killed_build_is_believed_by_nobody(builds: Builds) -> None:
    warehouse, finished = builds.spark.parent, builds.spark.name

    def find_half() -> list[Path]:
        return [path for path in warehouse.glob("run-*/intermediate.db/*/_SUCCESS") if finished not in path.parts]

    build_and_kill(builds.data_dir, lambda: len(find_half()) >= 3)
    (half,) = list_runs(warehouse) - {finished}
    assert find_build(warehouse) == builds.spark
    refused = subprocess.run(
        [sys.executable, "-m", "export", "--from", str(warehouse / half)],
        cwd=REPO_ROOT,
        env=build_environment(builds.data_dir),
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "holds no finished build" in refused.stderr and refused.stderr.count("\n") == 1

    # The next one begins anew, and removes what the killed one has left before its own first table.
    build_and_kill(builds.data_dir, lambda: bool(list_runs(warehouse) - {finished, half}))
    assert half not in list_runs(warehouse)
    assert find_build(warehouse) == builds.spark
