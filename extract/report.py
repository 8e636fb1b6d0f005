"""The dry run: what a run would do, in the shape of guide §6."""

from __future__ import annotations

from collections.abc import Sequence

from extract.asked import Goal
from extract.config import BUNDLED
from extract.jobs import Job

_HEADER = ("entity", "asked", "landed", "missing", "calls", "tokens", "cost")


def print_dry_run(goal: Goal, jobs: Sequence[Job], model: str) -> None:
    """Print rows asked, landed and missing, and the calls that the missing ones take."""
    rows = [_describe_job(job) for job in jobs]
    total = [
        sum(column)
        for column in zip(
            *((j.size, j.size - len(j.missing), len(j.missing), j.calls) for j in jobs), strict=True
        )
    ]
    if total:
        rows.append(("total", *(f"{number:,}" for number in total), "0", "free"))
    if "reservations" in goal.entities:
        rows.append(("reservations", f"{goal.counts['reservations']:,}", "", "", "", "", "made by dbt"))
    print(f"model: {model}{' (no call leaves this machine)' if model == BUNDLED else ''}")
    for row in (_HEADER, *rows):
        print(_format(row))


def _describe_job(job: Job) -> tuple[str, ...]:
    landed = job.size - len(job.missing)
    return (
        job.entity,
        f"{job.size:,}",
        f"{landed:,}",
        f"{len(job.missing):,}",
        f"{job.calls:,}",
        "0",
        "free",
    )


def _format(row: tuple[str, ...]) -> str:
    first, *rest = row
    return (f"{first:<12}" + "".join(f"{cell:>12}" for cell in rest)).rstrip()
