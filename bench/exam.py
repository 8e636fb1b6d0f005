"""The exam at the full volume: what the reset of a task takes, and a thousand tasks of the rule agent."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from agentic.environment import Environment
from agentic.labels import SPLITS
from bench.builds import REPO_ROOT, WITHOUT_TESTS, pull, run_dbt
from bench.process import Spent, Watched, time_call, watch
from bench.results import Line, compare

TASKS = 1000
MOST_RESET_MS = 20
MOST_SECONDS = 60


def measure(volume: str = "full") -> Iterator[Line]:
    """Build the databases, reset each task, and hold an exam."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as directory:
        data_dir = Path(directory)
        pull(data_dir, "--volume", volume)
        run_dbt(data_dir, "build", "--quiet", "--vars", "{exports: [sqlite, jsonl]}", "--exclude", *WITHOUT_TESTS)
        yield measure_resets(data_dir, volume)
        yield measure_agent(data_dir, volume)


def measure_resets(data_dir: Path, volume: str) -> Line:
    """Reset every task after the one before was worked; the first reset of a task works out more than later ones."""
    environment, opening = time_call(lambda: Environment(data_dir))
    first, again = ([time_reset(environment, task_id) for task_id in environment.tasks] for _ in range(2))
    figures = f"first {describe_resets(first)}; again {describe_resets(again)}; the environment opens in {opening}"
    name = f"First reset of a task at {volume} after another was worked, ms, 99 of 100 of {len(first):,}"
    slow = statistics.quantiles([spent.seconds * 1000 for spent in first], n=100)[-1]
    return compare(name, f"at most {MOST_RESET_MS}", slow, figures)


def time_reset(environment: Environment, task_id: str) -> Spent:
    """Tell what a reset takes; the task is worked then, so that the next reset has something to take back."""
    _, spent = time_call(lambda: environment.reset(task_id))
    environment.replay(environment.task.solutions[0])
    return spent


def describe_resets(resets: list[Spent]) -> str:
    """Tell the middle and the slowest, by the clock and by CPU."""
    clock, cpu = [one.seconds * 1000 for one in resets], [one.cpu_seconds * 1000 for one in resets]
    middle, slowest = statistics.median, max
    return (
        f"{middle(clock):.2f} ms in the middle ({middle(cpu):.2f} ms of CPU), "
        f"{slowest(clock):.1f} ms at most ({slowest(cpu):.1f} ms of CPU)"
    )


def measure_agent(data_dir: Path, volume: str) -> Line:
    """Hold the exam as a person does: the command, with its lines and its report."""
    splits = [word for split in SPLITS for word in ("--split", split)]
    command = [sys.executable, "app.py", "exam", "--agent", "rules", "--no-baselines", "--fresh"]
    environment = {**os.environ, "EVENTHUB_DATA_DIR": str(data_dir)}
    watched = watch([*command, "--limit", str(TASKS), *splits], REPO_ROOT, environment, data_dir / "work" / "spill")
    return judge_agent(watched, volume, count_runs(data_dir))


def count_runs(data_dir: Path) -> int:
    """Count the runs that the exam has written."""
    (file,) = (data_dir / "work" / "exam").glob("*.jsonl")
    return len(file.read_text(encoding="utf-8").splitlines())


def judge_agent(watched: Watched, volume: str, tasks: int) -> Line:
    """Tell the seconds of so many tasks; fewer have fewer seconds."""
    name = f"app.py exam, {tasks:,} tasks of the rule agent at {volume}, with table and report, seconds"
    asked = f"at most {MOST_SECONDS * tasks / TASKS:g}"
    return compare(name, asked, watched.seconds, f"{watched}, {watched.peak_bytes / 1e9:.1f} GB")
