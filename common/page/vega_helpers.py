"""Pieces of Vega-Lite that several figures share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from common.page.vega import BLUE, INK, Spec

Row = dict[str, Any]

# Where one row of bars stands above another.
ROW_HEIGHT = 22


def values(rows: Sequence[Row]) -> Spec:
    """Put rows into the chart."""
    return {"values": list(rows)}


def quantity(field: str, title: str | None, **more: Any) -> Spec:
    """Lay a number along an axis with whole, readable ticks."""
    axis = {"title": title, "tickCount": 4, "format": ",d", **more.pop("axis", {})}
    return {"field": field, "type": "quantitative", "axis": axis, **more}


def names(field: str, order: Sequence[object] | None = None, **more: Any) -> Spec:
    """Lay names along an axis in a fixed order."""
    return {"field": field, "type": "nominal", "sort": list(order) if order else None, "title": None, **more}


def palette(field: str, order: Sequence[object], colours: Sequence[str], **legend: Any) -> Spec:
    """Colour by a field, with a legend in the same order."""
    scale = {"domain": list(order), "range": list(colours)}
    return {"field": field, "type": "nominal", "scale": scale, "legend": legend or {}}


def stacked_bars(
    rows: Sequence[Row], *, x: Spec, y: str, y_order: Sequence[object], colour: Spec, colour_order: Sequence[str]
) -> Spec:
    """Draw a row of stacked bars for each name.

    Args:
        rows: one for each part of a bar.
        x: the encoding of a part's length.
        y: the column of names, a bar each.
        y_order: the names, from top to bottom.
        colour: the encoding that tells parts apart.
        colour_order: its values, from left to right.
    """
    stack_order = {str(value): place for place, value in enumerate(colour_order)}
    placed = [{**row, "place": stack_order[str(row[colour["field"]])]} for row in rows]
    return {
        "data": values(placed),
        "height": ROW_HEIGHT * len(y_order),
        "mark": {"type": "bar", "height": {"band": 0.72}},
        "encoding": {
            "y": names(y, y_order),
            "x": x,
            "color": colour,
            "order": {"field": "place", "type": "quantitative"},
        },
    }


def columns(rows: Sequence[Row], x: Spec, y: Spec, height: int = 140, colour: Spec | None = None) -> Spec:
    """Draw standing bars."""
    encoding = {"x": x, "y": {**y, "axis": {"grid": True, **y["axis"]}}}
    if colour:
        encoding["color"] = colour
    return {
        "data": values(rows),
        "height": height,
        "mark": {"type": "bar", "color": BLUE, "width": {"band": 0.86}},
        "encoding": encoding,
    }


def rule_at(x: float, words: str, **more: Any) -> list[Spec]:
    """Draw an upright line with words beside it, as layers."""
    data = values([{"at": x, "words": words}])
    place = {"field": "at", "type": "quantitative"}
    text = {"type": "text", "align": "left", "dx": 4, "dy": 6, "baseline": "top", "color": INK, **more}
    return [
        {"data": data, "mark": {"type": "rule", "color": INK, "strokeDash": [3, 3]}, "encoding": {"x": place}},
        {"data": data, "mark": {**text, "y": 0}, "encoding": {"x": place, "text": {"field": "words"}}},
    ]


def label_every(labels: Sequence[str], step: int) -> Spec:
    """Return an axis of names that labels one in `step` of them, counted from the last."""
    shown = [label for place, label in enumerate(reversed(labels)) if place % step == 0]
    return {"values": shown, "title": None, "labelAngle": 0, "labelOverlap": False}


def order_by_weight(rows: Sequence[Row], field: str, weight: str) -> list[str]:
    """Return a field's values, the heaviest first."""
    totals: dict[str, float] = {}
    for row in rows:
        totals[str(row[field])] = totals.get(str(row[field]), 0) + row[weight]
    return sorted(totals, key=lambda value: (-totals[value], value))


def cross_tabulate(
    rows: Sequence[Row], *, across: str, down: str, weight: str, across_order: Sequence[str], down_order: Sequence[str]
) -> list[list[object]]:
    """Return a table of weights: a line for each value down, which begins with it, and a cell for each value across.

    A pair that no row has is 0.
    """
    cells = {(str(row[down]), str(row[across])): row[weight] for row in rows}
    return [[line, *(cells.get((line, column), 0) for column in across_order)] for line in down_order]
