"""The exam by path, from a checkout: `inspect eval agentic/plugs/inspect_ai/support.py -T split=dev`."""

from __future__ import annotations

import sys
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.scorer import Scorer, scorer

# Inspect loads a file with its own folder on the path, and knows nothing of the checkout around it.
sys.path.append(str(Path(__file__).resolve().parents[3]))

from agentic.plugs.inspect_ai.exam_task import MESSAGE_LIMIT, make_task  # noqa: E402
from agentic.plugs.inspect_ai.scoring import METRICS, make_scorer  # noqa: E402


@task
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


@scorer(metrics=METRICS)
def judge(data: str | None = None) -> Scorer:
    """Judge the end state, what was told, the source, what was forbidden, and the handover."""
    return make_scorer(data)
