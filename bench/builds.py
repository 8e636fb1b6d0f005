"""Builds in a directory of their own, watched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bench.process import Watched, watch

REPO_ROOT = Path(__file__).resolve().parent.parent
DBT = str(Path(sys.executable).parent / "dbt")
USERS_PER_BOOKING = 5
WITHOUT_TESTS = ("resource_type:unit_test", "resource_type:test")


def pull(data_dir: Path, *arguments: str) -> None:
    """Land the bundled content."""
    command = [sys.executable, "extract/run.py", *arguments]
    environment = {**os.environ, "EVENTHUB_DATA_DIR": str(data_dir)}
    subprocess.run(command, cwd=REPO_ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def run_dbt(data_dir: Path, *arguments: str, project: Path = REPO_ROOT, **settings: str) -> Watched:
    """Run dbt with its files in the data directory."""
    environment = {
        **os.environ,
        "EVENTHUB_DATA_DIR": str(data_dir),
        "DBT_TARGET_PATH": str(data_dir / "target"),
        "DBT_LOG_PATH": str(data_dir / "logs"),
        **settings,
    }
    return watch([DBT, *arguments], project, environment, data_dir / "work" / "spill")


def write_vars(size: int, **others: str) -> str:
    """Write the vars of a build of so many bookings, and of the members that make them."""
    both = {"users": str(size // USERS_PER_BOOKING), "reservations": str(size), **others}
    return "{" + ", ".join(f"{name}: {value}" for name, value in both.items()) + "}"


def read_times(data_dir: Path) -> dict[str, float]:
    """Return dbt's own seconds of each node of the last run, by the path of its file."""
    nodes = json.loads((data_dir / "target" / "manifest.json").read_text())["nodes"]
    results = json.loads((data_dir / "target" / "run_results.json").read_text())["results"]
    return {
        nodes[result["unique_id"]]["original_file_path"]: result["execution_time"]
        for result in results
        if result["unique_id"] in nodes
    }


def sum_up(data_dir: Path) -> str:
    """Tell where dbt's own timing of the last build went, a figure a kind of node."""
    results = json.loads((data_dir / "target" / "run_results.json").read_text())["results"]
    seconds: Counter[str] = Counter()
    for result in results:
        kind, _, name = result["unique_id"].partition(".")
        seconds["export" if name.endswith(".exported_files") else kind] += result["execution_time"]
    return ", ".join(f"{kind} {seconds[kind]:.1f} s" for kind in sorted(seconds))
