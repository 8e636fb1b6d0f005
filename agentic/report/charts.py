"""The figures of a report: shares with their intervals, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence

from agentic.exam import GROUPS, Line
from agentic.judge import CHECKS
from agentic.report.gathering import Exam
from common.page.figure import Figure
from common.page.formatting import THIN, counted, number, spelled
from common.page.vega import BLUE, INK, Spec
from common.page.vega_helpers import ROW_HEIGHT, names, values

INTERVAL = "Dot: share of runs that passed. Line: 95 % interval, clustered by scenario."


def write_share(share: float) -> str:
    """Write a share in percent, with one decimal."""
    return f"{100 * share:.1f}{THIN}%"


def write_interval(line: Line) -> str:
    """Write the interval of a share."""
    return f"{100 * line.low:.0f} to {100 * line.high:.0f}"


def write_cost(dollars: float | None) -> str:
    """Write money to four decimals where it is little."""
    if dollars is None:
        return "unknown"
    return f"${dollars:,.4f}" if 0 < dollars < 1 else f"${dollars:,.2f}"


def draw_groups(table: Sequence[Line]) -> list[Figure]:
    """A figure for each way to group the tickets."""
    return [_draw_group(group, [line for line in table if line.group == group]) for group in GROUPS]


def _draw_group(group: str, lines: Sequence[Line]) -> Figure:
    best, worst = max(lines, key=lambda line: line.passed), min(lines, key=lambda line: line.passed)
    title = f"By {group}: {spelled(best.name)} {write_share(best.passed)}"
    if len(lines) > 1:
        title += f", {spelled(worst.name)} {write_share(worst.passed)}"
    return Figure(
        name=f"by-{group}",
        title=title,
        note=INTERVAL,
        spec=_draw_shares([(spelled(line.name), line) for line in lines]),
        headers=(group.capitalize(), "Tickets", "Passed", "95 % interval"),
        rows=[
            (spelled(line.name), number(line.tasks), write_share(line.passed), write_interval(line)) for line in lines
        ],
    )


def draw_checks(whole: Line) -> Figure:
    """The share of runs that pass each check."""
    worst = min(CHECKS, key=lambda check: whole.checks[check])
    rows = [{"name": spelled(check), "share": 100 * whole.checks[check]} for check in CHECKS]
    return Figure(
        name="checks",
        title=f"By check: {spelled(worst)} fails most often, in {write_share(1 - whole.checks[worst])} of runs",
        note="Share of runs that passed the check. A source counts only where the key has no facts.",
        spec={
            "data": values(rows),
            "height": ROW_HEIGHT * len(rows),
            "mark": {"type": "bar", "color": BLUE, "height": {"band": 0.55}},
            "encoding": {"y": names("name", [row["name"] for row in rows]), "x": _percent_axis("share")},
        },
        headers=("Check", "Passed"),
        rows=[(spelled(check), write_share(whole.checks[check])) for check in CHECKS],
    )


def draw_exams(exams: Sequence[Exam]) -> Figure:
    """The score of each exam."""
    best = exams[0]
    return Figure(
        name="exams",
        title=f"{counted(len(exams), 'exam')} so far: {best.name} passed most, {write_share(best.whole.passed)}",
        note=INTERVAL + " Compare exams of the same tickets.",
        spec=_draw_shares([(exam.name, exam.whole) for exam in exams]),
    )


def draw_costs(exams: Sequence[Exam]) -> Figure:
    """Score against cost, where a model had to be paid."""
    paid = [exam for exam in exams if exam.cost_per_run is not None]
    if not any(exam.cost_per_run for exam in paid):
        return Figure(
            name="costs",
            title="No cost to compare: no exam so far has paid for a model"
            if len(paid) == len(exams)
            else "No cost to compare: the price of no model is known",
            note="Score against cost is drawn once a model with a known price has sat the exam.",
        )
    unknown = len(exams) - len(paid)
    return Figure(
        name="costs",
        title="Score against cost",
        note="Up and to the left is better. Dollars for a run; 95 % interval."
        + (f" Left out, since the price of the model is not known: {counted(unknown, 'exam')}." if unknown else ""),
        spec=_draw_costs(paid),
    )


def _draw_costs(exams: Sequence[Exam]) -> Spec:
    rows = [{"name": exam.name, "cost": exam.cost_per_run, **_place(exam.whole)} for exam in exams]
    most = max(exam.cost_per_run or 0.0 for exam in exams)
    cost = {
        "field": "cost",
        "type": "quantitative",
        "scale": {"domain": [0, most * 1.02]},
        "axis": {"title": "Dollars for a run", "tickCount": 4, "format": "$.2~g" if most < 0.1 else "$.2f"},
    }
    score = {
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": "Passed, %", "grid": True, "domain": False},
    }
    # A name stands on the side where there is room for it.
    sides = [("left", f"datum.cost <= {most / 2}", 7), ("right", f"datum.cost > {most / 2}", -7)]
    labels = [
        {
            "transform": [{"filter": test}],
            "mark": {"type": "text", "align": align, "dx": dx, "dy": -7, "color": INK},
            "encoding": {"x": cost, "y": {"field": "passed", **score}, "text": {"field": "name"}},
        }
        for align, test, dx in sides
    ]
    return {
        "data": values(rows),
        "height": 220,
        "layer": [
            {
                "mark": {"type": "rule", "color": BLUE},
                "encoding": {"x": cost, "y": {"field": "low", **score}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "color": BLUE, "opacity": 1},
                "encoding": {"x": cost, "y": {"field": "passed", **score}},
            },
            *labels,
        ],
    }


def _draw_shares(lines: Sequence[tuple[str, Line]]) -> Spec:
    """Draw a dot a line with its interval."""
    rows = [{"name": name, **_place(line)} for name, line in lines]
    y = names("name", [name for name, _ in lines])
    return {
        "data": values(rows),
        "height": ROW_HEIGHT * len(rows),
        "layer": [
            {
                "mark": {"type": "rule", "color": BLUE, "strokeWidth": 1.5},
                "encoding": {"y": y, "x": _percent_axis("low"), "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "color": BLUE, "opacity": 1},
                "encoding": {"y": y, "x": _percent_axis("passed")},
            },
        ],
    }


def _place(line: Line) -> dict[str, float]:
    return {"passed": 100 * line.passed, "low": 100 * line.low, "high": 100 * line.high}


def _percent_axis(field: str) -> Spec:
    axis = {"title": "Passed, %", "values": [0, 25, 50, 75, 100], "grid": True}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": axis}
