"""The exam as a task of Inspect, from what a person asks for on the command line."""

from __future__ import annotations

from inspect_ai import Task
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Scorer

from agentic import tasks
from agentic.agents import AGENTS
from agentic.errors import DataError, UsageError
from agentic.exam import GROUPS, choose_tasks
from agentic.plugs.inspect_ai.desk import open_desk
from agentic.plugs.inspect_ai.working import let_agent_work, set_up_ticket, work_ticket
from agentic.plugs.texts import write_opening

MESSAGE_LIMIT = 80


def make_task(
    scorer: Scorer,
    split: str,
    limit: int | None,
    data: str | None,
    agent: str | None,
    unmeasured: bool,
    message_limit: int,
    search: str | None = None,
) -> Task:
    """Return the exam.

    Args:
        scorer: the judge, as it is registered: a log names it.
        split: which tickets, one or more splits with commas between.
        limit: the first so many tickets only.
        data: where the data are.
        agent: an agent of ours that works instead of a model, such as rules or gold.
        unmeasured: whether urgency, sentiment, confidence and failed answers are hidden from the model.
        message_limit: messages after which a ticket ends.
        search: full-text, embeddings or auto; else what EVENTHUB_SEARCH says, or full-text.

    Raises:
        PrerequisiteError: there are no data, no ticket to work, no such agent or search; Inspect prints it as one line.
    """
    try:
        desk = open_desk(data, not unmeasured, search)
    except (DataError, OSError, UsageError) as error:
        raise PrerequisiteError(str(error)) from error
    if agent and agent not in AGENTS:
        raise PrerequisiteError(f"There is no agent {agent}. There are {', '.join(AGENTS)}.")
    environment = desk.environment
    splits = [name.strip() for name in split.split(",")]
    chosen = choose_tasks(environment, splits, limit)
    if not chosen:
        raise PrerequisiteError(f"There is no ticket to work in split {split}. Choose another with -T split=dev.")
    return Task(
        dataset=MemoryDataset([make_sample(task) for task in chosen], name=f"eventhub {split}"),
        setup=set_up_ticket(desk),
        solver=let_agent_work(desk, AGENTS[agent](environment)) if agent else work_ticket(desk),
        scorer=scorer,
        message_limit=message_limit,
        version=environment.key_version or 0,
        metadata={
            "data": environment.data_hash,
            "as_of": f"{environment.now:%Y-%m-%d}",
            "search": environment.search_method,
        },
    )


def make_sample(task: tasks.Task) -> Sample:
    """Return the sample of a ticket, with the groups by which it is summed up; the key is not in it."""
    groups = {group: name_of(task) for group, name_of in GROUPS.items()}
    return Sample(input=write_opening(task.task_id), id=task.task_id, metadata=groups | {"scenario": task.scenario})
