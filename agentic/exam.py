"""Holds the exam: each task k times, and a table of what came of it by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from agentic.agent import Agent
from agentic.environment import Environment
from agentic.errors import AgentError, AgentStopped, ServiceError, ToolError
from agentic.intervals import estimate_all_passed, find_interval
from agentic.judge import CHECKS, Verdict
from agentic.labels import KINDS, SPLITS
from agentic.state import Call
from agentic.tasks import Task
from agentic.usage import Usage


class InGroups(Protocol):
    """A ticket by what it has in common with others."""

    @property
    def task_id(self) -> str:
        """The ticket."""
        ...

    @property
    def category(self) -> str:
        """What kind of request it is."""
        ...

    @property
    def scenario(self) -> str:
        """What it is about, in detail."""
        ...

    @property
    def kind(self) -> str:
        """What kind of scenario that is."""
        ...

    @property
    def difficulty(self) -> str:
        """How hard it is."""
        ...

    @property
    def split(self) -> str:
        """Who may learn from it."""
        ...


@dataclass(frozen=True, kw_only=True)
class TicketGroups:
    """A ticket by what it has in common with others, and nothing else of it."""

    task_id: str
    category: str
    scenario: str
    kind: str
    difficulty: str
    split: str


class Judged(Protocol):
    """A run as far as a table needs it."""

    @property
    def task(self) -> InGroups:
        """What was to be done."""
        ...

    @property
    def verdict(self) -> Verdict:
        """What came of it."""
        ...


GROUPS: dict[str, Callable[[InGroups], str]] = {
    "category": lambda task: task.category,
    "kind": lambda task: task.kind,
    "difficulty": lambda task: task.difficulty,
    "split": lambda task: task.split,
}
ORDER = {"kind": KINDS, "split": SPLITS, "difficulty": ("easy", "medium", "hard")}


@dataclass(frozen=True)
class Message:
    """A text of a thread.

    Attributes:
        role: who wrote it.
        content: the text.
        is_new: whether it was written in the run.
    """

    role: str
    content: str
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a task.

    Attributes:
        task: what was to be done.
        number: which run of this task, from 1 on.
        verdict: what came of it.
        stopped_by: the refusal or the limit that ended it early; empty where the agent came to its own end.
        calls: the tools that were called.
        thread: the ticket's texts, those of the run last.
        changes: the rows that differ from the start.
        usage: calls and tokens of the agent's model.
        customer_usage: those of the model that has played the member.
    """

    task: Task
    number: int
    verdict: Verdict
    stopped_by: str = ""
    calls: tuple[Call, ...] = ()
    thread: tuple[Message, ...] = ()
    changes: tuple[str, ...] = ()
    usage: Usage = Usage()
    customer_usage: Usage = Usage()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A group of tasks and how they were worked.

    Attributes:
        group: what the tasks have in common, such as category.
        name: which of them, such as refund.
        tasks: how many.
        passed: the share of runs that passed.
        low: the lower end of its interval.
        high: the upper end.
        all_passed: pass^k, the chance that k runs of a task all pass.
        checks: the share of runs that pass each check.
        calls: tools called in a run, on average.
        words: written to the member in a run, on average.
    """

    group: str
    name: str
    tasks: int
    passed: float
    low: float
    high: float
    all_passed: float
    checks: dict[str, float]
    calls: float
    words: float


def choose_tasks(environment: Environment, splits: Sequence[str], limit: int | None = None) -> list[Task]:
    """Return the tasks of splits in the order of their tickets, or the first of them."""
    chosen = [task for task in environment.tasks.values() if task.split in splits]
    return chosen[:limit]


def run_tasks(environment: Environment, agent: Agent, tasks: Iterable[Task], k: int = 1) -> Iterator[Run]:
    """Let an agent work tasks, each k times, and judge each run as it ends."""
    for task in tasks:
        for number in range(1, k + 1):
            yield run_task(environment, agent, task, number)


def run_task(environment: Environment, agent: Agent, task: Task, number: int = 1) -> Run:
    """Let an agent work a task once; a refusal that it does not catch ends its work, and what was done is judged.

    Raises:
        AgentError: the agent has failed by any other error; nothing is judged.
        ServiceError: its model cannot be asked; nothing is judged.
    """
    desk = environment.reset(task.task_id)
    known = len(environment.read_thread())
    stopped_by = ""
    try:
        agent.work(desk)
    except (ToolError, AgentStopped) as error:
        stopped_by = str(error)
    except ServiceError:
        raise
    except Exception as error:
        raise AgentError(f"{task.task_id}, run {number}: {describe_failure(error)}") from error
    thread = [Message(role, text, place >= known) for place, (role, text) in enumerate(environment.read_thread())]
    return Run(
        task=task,
        number=number,
        verdict=environment.score(),
        stopped_by=stopped_by,
        calls=tuple(environment.state.calls),
        thread=tuple(thread),
        changes=tuple(map(str, environment.state_diff())),
        usage=find_usage(agent),
        customer_usage=find_usage(environment.customer),
    )


def find_usage(user: object) -> Usage:
    """Return what an agent or a customer has used of a model in the ticket at hand."""
    found = getattr(user, "usage", None)
    return found if isinstance(found, Usage) else Usage()


def describe_failure(error: Exception) -> str:
    """Say on one line what an agent failed by."""
    words = " ".join(str(error).split())
    return f"the agent failed: {type(error).__name__}" + (f": {words}" if words else "")


def make_table(runs: Sequence[Judged]) -> list[Line]:
    """Sum up runs: all of them, then by category, kind, difficulty and split."""
    lines = [_sum_up("all", "", runs)]
    for group, name_of in GROUPS.items():
        by_name: dict[str, list[Judged]] = defaultdict(list)
        for run in runs:
            by_name[name_of(run.task)].append(run)
        order = ORDER.get(group, ())
        names = sorted(by_name, key=lambda name: (order.index(name) if name in order else len(order), name))
        lines += [_sum_up(group, name, by_name[name]) for name in names]
    return lines


def _sum_up(group: str, name: str, runs: Sequence[Judged]) -> Line:
    by_task: dict[str, list[Judged]] = defaultdict(list)
    for run in runs:
        by_task[run.task.task_id].append(run)
    k = min(map(len, by_task.values()))
    low, high = find_interval((run.task.scenario, float(run.verdict.passed)) for run in runs)
    passes = {task_id: sum(run.verdict.passed for run in made) for task_id, made in by_task.items()}
    return Line(
        group=group,
        name=name,
        tasks=len(by_task),
        passed=_mean([run.verdict.passed for run in runs]),
        low=low,
        high=high,
        all_passed=_mean([estimate_all_passed(passes[name], len(made), k) for name, made in by_task.items()]),
        checks={check: _mean([run.verdict.find_check(check).passed for run in runs]) for check in CHECKS},
        calls=_mean([run.verdict.calls for run in runs]),
        words=_mean([run.verdict.words for run in runs]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
