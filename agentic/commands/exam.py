"""`app.py exam`: a table of how an agent fares, with what comes of doing always the same beside it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from agentic.agents import AGENTS, BASELINES, DEFAULT_AGENT, Agent
from agentic.agents.prediction_agent import PredictionAgent
from agentic.commands.model_options import choose_customer, make_agent, name_agent
from agentic.commands.printing import format_share, print_table
from agentic.environment import Environment
from agentic.errors import DataError
from agentic.exam import Line, Run, choose_tasks, make_table, run_tasks
from agentic.judge import CHECKS
from agentic.predictions import read_predictions
from agentic.tasks import Task


def hold_exam(asked: argparse.Namespace, data_dir: Path) -> int:
    """Let an agent work the tickets that were asked for, print the table, and write a line a run."""
    environment = Environment(data_dir, shows_measures=not asked.unmeasured, make_customer=choose_customer(asked))
    splits = asked.split or ["test"]
    tasks = choose_tasks(environment, splits, asked.limit)
    if not tasks:
        raise DataError(f"There is no ticket to work in split {' or '.join(splits)}. Choose another with --split.")
    name, agent = _choose_agent(asked, environment)
    path = data_dir / "work" / "exam" / f"{name}-{'-'.join(splits)}.jsonl"
    measured = {"data": environment.data_hash, "key_version": environment.key_version}
    working = run_tasks(environment, agent, tasks, asked.k)
    runs = _write_runs(path, measured, _show_progress(working, len(tasks) * asked.k))
    lines = make_table(runs)
    if not asked.no_baselines:
        lines += [_find_baseline(environment, baseline, tasks) for baseline in BASELINES if baseline != name]
    print(describe(environment, name, tasks, asked.k))
    print_table(*lay_out(lines, asked.k))
    _explain(runs, asked.failures)
    print(f"written: {path}", file=sys.stderr)
    return 0


def _choose_agent(asked: argparse.Namespace, environment: Environment) -> tuple[str, Agent]:
    if asked.predictions:
        return asked.predictions.stem, PredictionAgent(read_predictions(asked.predictions, environment.labels))
    name = asked.agent or DEFAULT_AGENT
    return name_agent(name, asked), make_agent(name, asked, environment)


def _find_baseline(environment: Environment, name: str, tasks: Sequence[Task]) -> Line:
    lines = make_table(list(run_tasks(environment, AGENTS[name](environment), tasks)))
    return Line(**(vars(lines[0]) | {"group": "always", "name": name}))


def _show_progress(runs: Iterable[Run], count: int) -> Iterator[Run]:
    """Count runs on a terminal, where somebody waits."""
    for number, run in enumerate(runs, start=1):
        if sys.stderr.isatty():
            print(f"\r{number} of {count}", end="" if number < count else "\r", file=sys.stderr, flush=True)
        yield run


def describe(environment: Environment, name: str, tasks: Sequence[Task], k: int) -> str:
    """Say on one line what was measured on what."""
    version = f", key {environment.key_version}" if environment.key_version else ""
    runs = f"{len(tasks)} tickets" + (f", {k} runs each" if k > 1 else "")
    return f"agent {name}, {runs}, as of {environment.now:%Y-%m-%d}, data {environment.data_hash[:12]}{version}"


def lay_out(lines: Sequence[Line], k: int) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and a row a line."""
    names = [
        "",
        "",
        "tickets",
        "passed",
        "95 % interval",
        *(check.replace("_", " ") for check in CHECKS),
        "calls",
        "words",
    ]
    if k > 1:
        names.insert(5, f"pass^{k}")
    rows = []
    for line in lines:
        interval = f"{100 * line.low:.0f} to {100 * line.high:.0f}"
        shares = [format_share(line.checks[check]) for check in CHECKS]
        row = [line.group, line.name, f"{line.tasks:,}", format_share(line.passed), interval, *shares]
        row += [f"{line.calls:.1f}", f"{line.words:.0f}"]
        if k > 1:
            row.insert(5, format_share(line.all_passed))
        rows.append(row)
    return names, rows


def _explain(runs: Sequence[Run], count: int) -> None:
    failed = {run.task.task_id: run for run in reversed(runs) if not run.verdict.passed}
    for run in list(failed.values())[::-1][:count]:
        print(f"\n{run.task.task_id} ({run.task.category}, {run.task.kind}, {run.task.scenario})")
        if run.stopped_by:
            print(f"stopped: {run.stopped_by}")
        print(run.verdict.explain())


def _write_runs(path: Path, measured: dict[str, str], runs: Iterable[Run]) -> list[Run]:
    """Write a JSON line as each run ends, with its data and key; until all have, the file is called <name>.part."""
    made = []
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="ascii") as file:
        for run in runs:
            file.write(json.dumps(describe_run(run) | measured) + "\n")
            file.flush()
            made.append(run)
    os.replace(part, path)
    return made


def describe_run(run: Run) -> dict[str, object]:
    """Return what a line says of a run."""
    return {
        "ticket_id": run.task.task_id,
        "run": run.number,
        "passed": run.verdict.passed,
        "failed": list(run.verdict.failed_checks),
        "category": run.task.category,
        "kind": run.task.kind,
        "difficulty": run.task.difficulty,
        "split": run.task.split,
        "calls": run.verdict.calls,
        "words": run.verdict.words,
        "why": run.verdict.explain(),
        "stopped_by": run.stopped_by,
    }
