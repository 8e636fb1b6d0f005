"""Kills a `dbt build` at a chosen moment, and tells which build's files stand there afterwards."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from common.atomic_write import LEFTOVER
from export.content_hash import hash_file
from export.journal import JOURNAL
from tests.pipeline.commands import begin_dbt, build_environment, dbt_command

POLL_SECONDS = 0.0005
SLOW_MOVES = "tests.faults.slow_moves"
DATABASES = ("eventhub.db", "udahub.db")


class Moment(NamedTuple):
    """When to kill: so many seconds after a phase (build, export, replacing) has begun."""

    phase: str
    seconds: float


def kill_build(data_dir: Path, moment: Moment, *arguments: str) -> bool:
    """Start a build, kill it with SIGKILL at the moment; return whether it was still running."""
    command, begun = dbt_command("build", "--quiet", *arguments), PHASES[moment.phase]
    with TemporaryDirectory() as folder:
        process = begin_dbt(command, build_environment(data_dir), Path(folder), SLOW_MOVES)
        while process.is_running() and not begun(data_dir):
            time.sleep(POLL_SECONDS)
        time.sleep(moment.seconds)
        if process.is_running():
            os.kill(process.pid, signal.SIGKILL)
        return process.wait().returncode == -signal.SIGKILL


def has_begun_exporting(data_dir: Path) -> bool:
    return any(data_dir.glob(".warehouse.duckdb.*.part"))


def is_replacing(data_dir: Path) -> bool:
    return (data_dir / JOURNAL).exists()


PHASES: dict[str, Callable[[Path], bool]] = {
    "build": lambda _: True,
    "export": has_begun_exporting,
    "replacing": is_replacing,
}


def name_builds(data_dir: Path) -> dict[str, str]:
    """Return a mark of the content of each file at its final name; reading one fails if it is half-written."""
    marks = {str(path.relative_to(data_dir)): hash_file(path) for path in data_dir.glob("generated/*.jsonl")}
    for name in DATABASES:
        with closing(sqlite3.connect(data_dir / name)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        marks[name] = hash_file(data_dir / name)
    with duckdb.connect(str(data_dir / "warehouse.duckdb"), read_only=True) as connection:
        hashes = connection.execute("select content_hash from analytics.exported_files order by all").fetchall()
    marks["warehouse.duckdb"] = str(hashes)  # DuckDB writes a new identifier into each file
    return marks


def list_leftovers(data_dir: Path) -> list[str]:
    """List files that no build should leave behind."""
    parts = [path.name for path in data_dir.rglob(".*.part*") if LEFTOVER.fullmatch(path.name)]
    return [
        *parts,
        *(path.name for path in (data_dir / "work").glob("spill*/*")),
        *(["journal"] * is_replacing(data_dir)),
    ]
