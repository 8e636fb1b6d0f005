"""What Inspect finds through the entry point of the package: `inspect eval eventhub/support`."""

from __future__ import annotations

from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.scorer import Scorer, scorer

from eventhub.command import prepare

prepare()

from agentic.plugs.inspect_ai.exam_task import MESSAGE_LIMIT, make_task  # noqa: E402
from agentic.plugs.inspect_ai.scoring import METRICS, make_scorer  # noqa: E402

# Inspect itself puts the package's name first, but not where the package is editable and its project has another name.
PREFIX = "" if "site-packages" in Path(__file__).parts else "eventhub/"


@task(name=f"{PREFIX}support")
def support(
    split: str = "test",
    limit: int | None = None,
    data: str | None = None,
    agent: str | None = None,
    unmeasured: bool = False,
    message_limit: int = MESSAGE_LIMIT,
    search: str | None = None,
) -> Task:
    """Work tickets of a help desk with tools, and be judged by what changed and what was said."""
    return make_task(judge(data), split, limit, data, agent, unmeasured, message_limit, search)


@scorer(metrics=METRICS, name=f"{PREFIX}judge")
def judge(data: str | None = None) -> Scorer:
    """Judge the end state, what was told, the source, what was forbidden, and the handover."""
    return make_scorer(data)
