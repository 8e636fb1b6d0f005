"""Builds in a directory of their own, watched: seconds, memory and spill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parent.parent
DBT = str(Path(sys.executable).parent / "dbt")
WATCH_SECONDS = 0.5


@dataclass(frozen=True)
class Watched:
    """One process: its seconds, its peak resident memory and the most its spill directory held."""

    seconds: float
    peak_bytes: int
    spill_bytes: int


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


def watch(command: list[str], folder: Path, environment: dict[str, str], spill: Path) -> Watched:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment)
    most = [0]
    watcher = threading.Thread(target=_watch_folder, args=(spill, process.pid, most), daemon=True)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Watched(time.perf_counter() - started, usage.ru_maxrss * 1024, most[0])


def _watch_folder(folder: Path, pid: int, most: list[int]) -> None:
    while Path(f"/proc/{pid}").exists():
        most[0] = max(most[0], sum(_size(file) for file in folder.glob("*")))
        time.sleep(WATCH_SECONDS)


def _size(file: Path) -> int:
    try:
        return file.stat().st_blocks * 512
    except FileNotFoundError:  # dropped meanwhile
        return 0


def read_times(data_dir: Path) -> dict[str, float]:
    """Return dbt's own seconds of each node of the last run, by the path of its file."""
    nodes = json.loads((data_dir / "target" / "manifest.json").read_text())["nodes"]
    results = json.loads((data_dir / "target" / "run_results.json").read_text())["results"]
    return {
        nodes[result["unique_id"]]["original_file_path"]: result["execution_time"]
        for result in results
        if result["unique_id"] in nodes
    }
