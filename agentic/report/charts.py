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
    """A figure for each way to group the tickets, where there is more than one group."""
    groups = [[line for line in table if line.group == group] for group in GROUPS]
    return [_draw_group(lines[0].group, lines) for lines in groups if len(lines) > 1]


def _draw_group(group: str, lines: Sequence[Line]) -> Figure:
    best, worst = max(lines, key=lambda line: line.passed), min(lines, key=lambda line: line.passed)
    return Figure(
        name=f"by-{group}",
        title=f"By {group}: {spelled(best.name)} {write_share(best.passed)}, {spelled(worst.name)}"
        f" {write_share(worst.passed)}",
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
    """The score of each exam, by its number in the table."""
    best = exams[0]
    return Figure(
        name="exams",
        title=f"{counted(len(exams), 'exam')} so far: {best.agent} passed most, {write_share(best.whole.passed)}",
        note=INTERVAL + " Numbers as in the table below; compare exams of the same tickets.",
        spec=_draw_shares([(f"{number} {exam.agent}", exam.whole) for number, exam in enumerate(exams, start=1)]),
    )


def draw_costs(exams: Sequence[Exam]) -> Figure:
    """Score against cost, where a model had to be paid."""
    points = [
        (str(number), exam.whole, exam.cost_per_run)
        for number, exam in enumerate(exams, start=1)
        if exam.cost_per_run is not None
    ]
    unknown = len(exams) - len(points)
    if not any(cost for _, _, cost in points):
        reason = "the price of no model is known" if unknown else "no exam so far has paid for a model"
        return Figure(
            name="costs",
            title=f"No cost to compare: {reason}",
            note="Score against cost is drawn once a model with a known price has sat the exam.",
        )
    left_out = f" Left out, since the price of its model is not known: {counted(unknown, 'exam')}." if unknown else ""
    return Figure(
        name="costs",
        title="Score against cost: up and to the left is better",
        note=f"Dollars for a run; line: 95 % interval; numbers as in the table below.{left_out}",
        spec=_draw_costs(points),
    )


def _draw_costs(points: Sequence[tuple[str, Line, float]]) -> Spec:
    most = max(cost for _, _, cost in points)
    rows = [{"cost": cost, **_place(line)} for _, line, cost in points]
    cost = {
        "field": "cost",
        "type": "quantitative",
        "scale": {"domain": [0, most * 1.05]},
        "axis": {
            "title": "Dollars for a run",
            "tickCount": 4,
            "labelExpr": "datum.value ? '$' + format(datum.value, '.2~r') : '$0'",
        },
    }
    score = {
        "type": "quantitative",
        "scale": {"domain": [0, 100]},
        "axis": {"title": "Passed, %", "values": [0, 25, 50, 75, 100], "grid": True},
    }
    return {
        "data": values(rows),
        "height": 200,
        "layer": [
            {
                "mark": {"type": "rule", "color": BLUE, "strokeWidth": 1.5},
                "encoding": {"x": cost, "y": {"field": "low", **score}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 60, "color": BLUE, "opacity": 1},
                "encoding": {"x": cost, "y": {"field": "passed", **score}},
            },
            {
                "data": values(_join_labels(points, most)),
                "mark": {"type": "text", "align": "left", "dx": 6, "dy": -6, "color": INK, "fontWeight": "bold"},
                "encoding": {"x": cost, "y": {"field": "passed", **score}, "text": {"field": "label"}},
            },
        ],
    }


def _join_labels(points: Sequence[tuple[str, Line, float]], most: float) -> list[dict[str, object]]:
    """Write the numbers of points that nearly meet beside each other, at the first of them."""
    places: dict[tuple[int, int], dict[str, object]] = {}
    for label, line, cost in points:
        place = (round(12 * cost / most), round(20 * line.passed))
        if place in places:
            places[place]["label"] = f"{places[place]['label']}, {label}"
        else:
            places[place] = {"cost": cost, "passed": 100 * line.passed, "label": label}
    return list(places.values())


def _draw_shares(lines: Sequence[tuple[str, Line]]) -> Spec:
    """Draw a dot a line with its interval."""
    rows = [{"name": name, **_place(line)} for name, line in lines]
    y = names("name", [name for name, _ in lines], axis={"labelLimit": 180})
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
