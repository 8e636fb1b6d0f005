"""`app.py exam`: a table of an agent's scores, with those of baselines beside it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from agentic.agents import AGENTS, BASELINES, DEFAULT_AGENT, Agent
from agentic.agents.prediction_agent import PredictionAgent
from agentic.chat_models import choose_model_id, find_most_tokens
from agentic.commands.model_options import MODEL_AGENTS, make_agent, name_agent, open_environment
from agentic.commands.printing import format_share, print_table
from agentic.commands.report import list_exams
from agentic.commands.sitting import Sitting
from agentic.customers import make_customer
from agentic.environment import Environment
from agentic.errors import DataError
from agentic.exam import Line, choose_tasks, find_usage, make_table, run_tasks
from agentic.judge import CHECKS
from agentic.labels import SPLITS
from agentic.predictions import read_predictions
from agentic.prompts import CUSTOMER, find_prompt, hash_text, list_agent_prompts
from agentic.report import write_report
from agentic.run_file import RunFile
from agentic.run_lines import Measured, RunLine
from agentic.searches import FULL_TEXT
from agentic.tasks import Task
from agentic.tools import Desk, list_tools
from common.page.vega import DrawingError

AGENTIC = Path(__file__).parent.parent


def hold_exam(asked: argparse.Namespace, data_dir: Path) -> int:
    """Let an agent work the tickets that were asked for, print the table, and write a line a run and the report.

    Returns:
        The exit code.

    Raises:
        DataError: the splits have no ticket to work, or the data are not those of the key.
    """
    environment = open_environment(asked, data_dir)
    splits = [split for split in SPLITS if split in (asked.split or ["test"])]
    tasks = choose_tasks(environment, splits, asked.limit)
    if not tasks:
        raise DataError(f"There is no ticket to work in split {' or '.join(splits)}. Choose another with --split.")
    name, agent = _choose_agent(asked, environment)
    called = name_agent(name, asked)
    measured = describe_measured(asked, environment, name, agent)
    folder = data_dir / "work" / "exam"
    with RunFile(folder / name_file(called, splits, asked, environment.search_method)) as file:
        runs = Sitting(environment, agent, measured, file, asked.price_tokens).hold(
            tasks, asked.k, budget=asked.budget, is_fresh=asked.fresh
        )
    lines = make_table(runs)
    if not asked.no_baselines:
        lines += [_find_baseline(environment, baseline, tasks) for baseline in BASELINES if baseline != asked.agent]
    print(describe(environment, called, tasks, asked.k))
    print_table(*lay_out(lines, asked.k))
    _explain(runs, asked.failures)
    print(f"written: {file.path}", file=sys.stderr)
    _write_report(folder, file.path)
    return 0


def _write_report(folder: Path, path: Path) -> None:
    """Write the report and say where it is; the exam has ended well, also where no page can be made."""
    try:
        print(f"report:  {write_report(folder / 'report.html', list_exams(folder, [path]))}", file=sys.stderr)
    except (DrawingError, OSError) as error:
        print(f"warning: there is no report: {error}", file=sys.stderr)


def _choose_agent(asked: argparse.Namespace, environment: Environment) -> tuple[str, Agent]:
    if asked.predictions:
        return asked.predictions.stem, PredictionAgent(read_predictions(asked.predictions, environment.labels))
    name = asked.agent or DEFAULT_AGENT
    return name, make_agent(name, asked, environment)


def describe_measured(asked: argparse.Namespace, environment: Environment, name: str, agent: Agent) -> Measured:
    """Return what a score counts for: lines of another cannot be mixed with it."""
    settings = {"measures": "hidden" if asked.unmeasured else "shown", "search": environment.search_method}
    settings["judge"] = hash_judge()
    if asked.predictions:
        # Answers that were changed are another agent's.
        settings["predictions"] = hash_text(asked.predictions.read_bytes())
    if asked.customer != "scripted":
        settings["customer_model"] = choose_model_id(asked.customer_model or asked.model)
        settings["customer.md"] = hash_text(find_prompt(CUSTOMER).read_bytes())
    model = find_usage(agent).model_id
    if name in MODEL_AGENTS:
        settings["max_tokens"] = str(find_most_tokens(model))
        settings |= hash_instructions()
    return Measured(
        agent=name,
        model=model,
        settings=settings,
        data_hash=environment.data_hash,
        files_hash=environment.files_hash,
        key_version=environment.key_version,
    )


def hash_judge() -> str:
    """Return what a reply is judged by: one that another judge has passed may fail here."""
    folder = AGENTIC / "facts"
    read = [AGENTIC / "judge.py", *sorted(folder.glob("*.py")), *sorted(folder.glob("*.yaml"))]
    return hash_text(b"".join(path.read_bytes() for path in read))


def hash_instructions() -> dict[str, str]:
    """Return what a model is told, and what it is led by: with another prompt, tool or graph it is another agent."""
    files = {path.name: hash_text(path.read_bytes()) for path in list_agent_prompts()}
    tools = [[tool.name, tool.summary, tool.parameters] for tool in list_tools(Desk)]
    graph = b"".join(path.read_bytes() for path in sorted((AGENTIC / "workflow").glob("*.py")))
    return files | {"tools": hash_text(json.dumps(tools, sort_keys=True).encode()), "workflow": hash_text(graph)}


def name_file(called: str, splits: Sequence[str], asked: argparse.Namespace, search_method: str = FULL_TEXT) -> str:
    """Return a name that no other exam has, so that a try with few tickets does not take the place of a whole one."""
    parts = ["predictions"] if asked.predictions else []
    parts.append(called)
    parts += ["unmeasured"] if asked.unmeasured else []
    parts += ["embeddings"] if search_method != FULL_TEXT else []
    parts += splits
    parts += [f"first{asked.limit}"] if asked.limit else []
    parts += [f"k{asked.k}"] if asked.k > 1 else []
    parts += ["played"] if asked.customer != "scripted" else []
    return "-".join(parts) + ".jsonl"


def _find_baseline(environment: Environment, name: str, tasks: Sequence[Task]) -> Line:
    # A baseline asks nothing: a model that plays the member would cost money, which no line counts.
    environment.make_customer = make_customer
    lines = make_table(list(run_tasks(environment, AGENTS[name](environment), tasks)))
    return Line(**(vars(lines[0]) | {"group": "always", "name": name}))


def describe(environment: Environment, name: str, tasks: Sequence[Task], k: int) -> str:
    """Say on one line what was measured on what."""
    version = f", key {environment.key_version}" if environment.key_version else ""
    runs = f"{len(tasks)} tickets" + (f", {k} runs each" if k > 1 else "")
    measured = f"data {environment.data_hash[:12]}{version}, search {environment.search_method}"
    return f"agent {name}, {runs}, as of {environment.now:%Y-%m-%d}, {measured}"


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


def _explain(runs: Sequence[RunLine], count: int) -> None:
    failed = {run.ticket_id: run for run in reversed(runs) if not run.passed}
    for run in list(failed.values())[::-1][:count]:
        print(f"\n{run.ticket_id} ({run.category}, {run.kind}, {run.scenario})")
        if run.stopped_by:
            print(f"stopped: {run.stopped_by}")
        print(run.why)
