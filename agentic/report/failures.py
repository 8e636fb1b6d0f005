"""Which failed tickets a report shows: of each way to fail the first, then the second, until there are enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from agentic.run_lines import RunLine

SHOWN = 10


def choose_failures(runs: Sequence[RunLine], count: int = SHOWN) -> list[RunLine]:
    """Choose failed runs, one a ticket, that differ in the checks they have failed and in their scenario."""
    first_of: dict[str, RunLine] = {}
    for run in runs:
        if not run.passed:
            first_of.setdefault(run.ticket_id, run)
    ways: dict[tuple[str, ...], list[RunLine]] = defaultdict(list)
    for run in first_of.values():
        ways[run.failed].append(run)
    queues = [_spread(failed) for failed in ways.values()]
    chosen: list[RunLine] = []
    while len(chosen) < count and any(queues):
        for queue in queues:
            chosen += [queue.pop(0)] if queue and len(chosen) < count else []
    return chosen


def _spread(runs: Sequence[RunLine]) -> list[RunLine]:
    """Put those of a scenario that has not been before those of one that has."""
    seen: dict[str, int] = defaultdict(int)
    turns = []
    for run in runs:
        turns.append((seen[run.scenario], run.ticket_id, run))
        seen[run.scenario] += 1
    return [run for _, _, run in sorted(turns, key=lambda turn: turn[:2])]
