"""A figure of a page: a chart, what it says in words, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from common.page.vega import Spec


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One chart.

    Attributes:
        name: its anchor on the page.
        title: what is to be seen, worked out from the numbers.
        note: what is counted, and how.
        spec: the chart in Vega-Lite; None where there is nothing to draw.
        headers: of the table that says the same.
        rows: of that table.
    """

    name: str
    title: str
    note: str = ""
    spec: Spec | None = None
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default=())


def nothing(name: str, what: str) -> Figure:
    """Return a figure that says why it is empty."""
    return Figure(name=name, title=f"This volume holds no {what}.")
