"""How varied the texts are, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence

from common.page.figure import Figure, nothing
from common.page.formatting import THIN, counted, number
from common.page.vega import BLUE, ORANGE, RULE, Spec
from common.page.vega_helpers import ROW_HEIGHT, names, quantity, values
from export.card.query_results import Row


def draw_diversity(rows: Sequence[Row]) -> Figure:
    """Distinct texts and near duplicates of each field."""
    if not rows:
        return nothing("diversity", "texts")
    best = sum(row["distinct_percent"] == 100 for row in rows)
    worst = min(rows, key=lambda row: row["distinct_percent"])
    return Figure(
        name="diversity",
        title=f"In {best} of {counted(len(rows), 'field')} no text occurs twice; {_label(worst, rows)} repeats most,"
        f" with {worst['distinct_percent']:.0f}{THIN}% distinct",
        note="Distinct: of all texts, facts filled in. Near duplicate: shares half of its three-word shingles with"
        " another text, or repeats one; measured on at most 5,000 texts.",
        spec=_diversity_spec(rows),
        headers=("Field", "Written by", "Texts", "Distinct", "Near duplicates", "Words", "Distinct words",
                 "Distinct pairs", "Commonest opening"),
        rows=[
            (
                row["field"], row["model"], number(row["row_count"]), f"{row['distinct_percent']:.1f}{THIN}%",
                f"{row['near_duplicate_percent']:.1f}{THIN}%", f"{row['mean_words']:.1f}",
                _ratio(row["distinct_1"]), _ratio(row["distinct_2"]),
                f"{row['commonest_opening_percent'] or 0:.2f}{THIN}%",
            )
            for row in rows
        ],
    )  # fmt: skip


def _cost(dollars: float | None) -> str:
    if dollars is None:
        return "–"
    return f"${dollars:,.4f}" if 0 < dollars < 1 else f"${dollars:,.2f}"


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _label(row: Row, rows: Sequence[Row]) -> str:
    several = sum(other["field"] == row["field"] for other in rows) > 1
    return f"{row['field']}, {row['model']}" if several else str(row["field"])


def _diversity_spec(rows: Sequence[Row]) -> Spec:
    data = [
        {"field": _label(row, rows), "distinct": row["distinct_percent"], "near": row["near_duplicate_percent"]}
        for row in rows
    ]
    long = [
        {"field": row["field"], "kind": kind, "share": row[key]}
        for row in data
        for key, kind in (("distinct", "distinct"), ("near", "near duplicates"))
    ]
    y = names("field", [row["field"] for row in data], axis={"labelLimit": 170})
    x = quantity("share", "percent of the texts", scale={"domain": [0, 100]})
    colour = {
        "field": "kind", "type": "nominal", "legend": {"symbolType": "circle"},
        "scale": {"domain": ["distinct", "near duplicates"], "range": [BLUE, ORANGE]},
    }  # fmt: skip
    return {
        "height": ROW_HEIGHT * len(data),
        "layer": [
            {
                "data": values(data),
                "mark": {"type": "rule", "color": RULE},
                "encoding": {"y": y, "x": quantity("near", None), "x2": {"field": "distinct"}},
            },
            {
                "data": values(long),
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {"y": y, "x": x, "color": colour},
            },
        ],
    }


def draw_cost(rows: Sequence[Row]) -> Figure:
    """Calls and dollars of each model and entity."""
    if not rows:
        return nothing("cost", "calls")
    called = [row for row in rows if row["model"] != "bundled"]
    wholes = [row for row in called if row["entity"] == "all"]
    unknown = any(row["cost_usd"] is None for row in wholes)
    cost = sum(row["cost_usd"] or 0 for row in wholes)
    title = (
        f"{counted(sum(row['calls'] for row in wholes), 'call')} of a model brought"
        f" {number(sum(row['accepted'] for row in wholes))} records for"
        f" {'at least ' if unknown else ''}${cost:,.2f}"
        if called
        else "No model was called and nothing was spent: all texts come with the project"
    )
    return Figure(
        name="cost",
        title=title,
        note="Calls of the provider by what was asked for. A dash where no price is known.",
        spec=None,
        headers=("Written by", "For", "Calls", "Records", "Refused", "Tokens in", "Tokens out", "Cost"),
        rows=[
            (
                row["model"], row["entity"], number(row["calls"]), number(row["accepted"]), number(row["rejected"]),
                number(row["input_tokens"]), number(row["output_tokens"]),
                _cost(row["cost_usd"]),
            )
            for row in rows
        ],
    )  # fmt: skip


def draw_exam(rows: Sequence[Row]) -> Figure:
    """Each measure of the exam beside its goal."""
    judged = [row for row in rows if row["value"] is not None and _write_goal(row)]
    if not judged:
        return nothing("exam", "tickets to measure the exam by")
    met = sum(bool(row["is_met"]) for row in judged)
    return Figure(
        name="exam",
        title=f"How the exam stands: {met} of {counted(len(judged), 'goal')} met",
        note="Goals are those of the full volume. Messages are the first ones of tickets; near copies are sought among"
        " at most 5,000, facts in the answers that closed tickets, at most 5,000.",
        spec=None,
        headers=("Measure", "Here", "Goal", "Met"),
        rows=[(row["says"], _write_value(row), _write_goal(row) or "–", _write_met(row)) for row in rows],
    )  # fmt: skip


def _write_value(row: Row) -> str:
    if row["value"] is None:
        return "–"
    return f"{row['value']:.1f}{THIN}%" if row["unit"] == "percent" else f"{row['value']:.3f} {row['unit']}"


def _write_goal(row: Row) -> str:
    least, most = row["goal_from"], row["goal_to"]
    if least is None and most is None:
        return ""
    if least is None:
        return f"at most {most:g}"
    return f"at least {least:g}" if most is None else f"{least:g} to {most:g}"


def _write_met(row: Row) -> str:
    if row["value"] is None or not _write_goal(row):
        return "–"
    return "yes" if row["is_met"] else "no"
