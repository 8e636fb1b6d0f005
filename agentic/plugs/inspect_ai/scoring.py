"""The judge in Inspect: a score a check, summed up over all tickets and by group."""

from __future__ import annotations

from typing import Any, cast

from inspect_ai.scorer import (
    Metric,
    MetricProtocol,
    SampleScore,
    Score,
    Scorer,
    Target,
    Value,
    grouped,
    mean,
    metric,
    stderr,
)
from inspect_ai.solver import TaskState

from agentic.exam import GROUPS
from agentic.judge import CHECKS
from agentic.plugs.inspect_ai.desk import open_desk, read_calls


@metric(name="by")
def by_group() -> Metric:
    """Return the share by category, kind, difficulty and split: Inspect keeps one grouped metric a score."""
    metrics = [grouped(mean(), group, all=False, name_template=f"{group} {{group_name}}") for group in GROUPS]

    def sum_up(scores: list[SampleScore]) -> Value:
        shares: dict[str, Any] = {}
        for one in cast("list[MetricProtocol]", metrics):
            shares |= cast("dict[str, Any]", one(scores))
        return shares

    return sum_up


# Tickets of one scenario are much alike: the error counts them together.
METRICS: dict[str, list[Metric]] = {
    "passed": [mean(), stderr(cluster="scenario"), by_group()],
    **{check: [mean()] for check in CHECKS},
}


def make_scorer(data: str | None = None) -> Scorer:
    """Return a scorer that makes the calls of a sample again and judges them, also from a log."""

    async def score(state: TaskState, target: Target) -> Score:
        calls = read_calls()
        # Reads do not count, so a log is judged anywhere, with or without the packages for embeddings.
        verdict = open_desk(data, search="full-text").score(str(state.sample_id), calls)
        value = {"passed": float(verdict.passed)} | {check.name: float(check.passed) for check in verdict.checks}
        return Score(value=value, explanation=verdict.explain() or "passed", metadata={"calls": len(calls)})

    return score
