"""Which action was expected, and which was taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agentic.actions import read_actions
from agentic.run_lines import NOTHING, SEVERAL, RunLine


@dataclass(frozen=True)
class Cell:
    """How often one action was expected and one taken.

    Attributes:
        count: runs.
        step: how large its share of the row is, from 0 for none to 4.
        is_right: whether what was expected was taken.
    """

    count: int
    step: int
    is_right: bool


@dataclass(frozen=True)
class Confusion:
    """A row an expected action, a column a taken one.

    Attributes:
        columns: the actions that were taken, and those that were expected.
        rows: an expected action, how often, and its cells.
        right: the share of runs in which what was expected was taken.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[Cell, ...]], ...]
    right: float


def confuse(runs: Sequence[RunLine]) -> Confusion:
    """Count runs by expected and taken action."""
    pairs = Counter((run.expected_action, run.done_action) for run in runs)
    expected = {name for name, _ in pairs}
    order = [*read_actions(), SEVERAL, NOTHING]
    columns = sorted({name for pair in pairs for name in pair}, key=order.index)
    rows = []
    for name in filter(expected.__contains__, columns):
        total = sum(pairs[name, done] for done in columns)
        cells = tuple(Cell(pairs[name, done], -(-4 * pairs[name, done] // total), name == done) for done in columns)
        rows.append((name, total, cells))
    right = sum(pairs[name, name] for name in expected) / len(runs)
    return Confusion(tuple(columns), tuple(rows), right)
