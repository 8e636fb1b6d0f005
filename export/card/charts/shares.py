"""Every share: what was asked and what is there."""

from __future__ import annotations

from collections.abc import Sequence

from common.page.figure import Figure, nothing
from common.page.formatting import THIN, counted, number, spelled
from common.page.vega import BLUE, INK, ORANGE, Spec
from common.page.vega_helpers import names, quantity, values
from export.card.query_results import Row

# Entities beside each other, so that the three charts are about as tall.
GROUPS = {
    "shares-of-members-and-venues": ("users", "venues"),
    "shares-of-events-and-bookings": ("events", "reservations"),
    "shares-of-articles-and-tickets": ("kb_articles", "tickets"),
}
TITLES = ("Members and venues", "Events and bookings", "Articles and tickets")
YES_NO = {"true": "yes", "false": "no"}


def draw_shares(rows: Sequence[Row]) -> list[Figure]:
    """Three figures: bars are what is there, ticks what was asked."""
    return [
        _draw_group(name, title, [row for row in rows if row["entity"] in entities])
        for (name, entities), title in zip(GROUPS.items(), TITLES, strict=True)
    ]


def _draw_group(name: str, title: str, rows: Sequence[Row]) -> Figure:
    if not rows:
        return nothing(name, "such rows")
    missed = sum(not row["holds"] for row in rows)
    attributes = len({row["attribute"] for row in rows})
    widest = max(abs((row["got"] or 0) - row["asked"]) for row in rows)
    return Figure(
        name=name,
        title=f"{title}: "
        + (f"{counted(missed, 'value')} not exact" if missed else f"all {attributes} shares are exact"),
        note="Bars: what is there. Ticks: what was asked. "
        + (f"The widest gap is {widest:.2g} percentage points, since rows are whole." if widest else "They are equal."),
        spec=_shares_spec(rows),
        headers=("Share", "Value", "Asked", "Got", "Rows asked", "Rows got"),
        rows=[
            (
                spelled(row["attribute"]), _value(row), f"{row['asked']}{THIN}%", f"{row['got'] or 0:.2f}{THIN}%",
                number(row["asked_rows"]), number(row["got_rows"]),
            )
            for row in rows
        ],
    )  # fmt: skip


def _value(row: Row) -> str:
    return YES_NO.get(row["value"], spelled(row["value"]))


def _shares_spec(rows: Sequence[Row]) -> Spec:
    data = [
        {
            "attribute": spelled(row["attribute"]), "value": _value(row), "asked": row["asked"], "got": row["got"] or 0,
            "holds": row["holds"], "position": row["position"], "said": f"{row['got'] or 0:.4g}",
        }
        for row in rows
    ]  # fmt: skip
    y = {
        **names("value"),
        "sort": {"field": "position", "op": "min"},
        "axis": {"minExtent": 92, "maxExtent": 92, "labelLimit": 88},
    }
    x = {"scale": {"domain": [0, 100]}, "axis": {"values": [0, 25, 50, 75, 100], "format": "d"}}
    return {
        "data": values(data),
        "facet": {
            "row": {
                "field": "attribute", "sort": list(dict.fromkeys(row["attribute"] for row in data)),
                "header": {"labelOrient": "top", "labelAnchor": "start"},
            }
        },
        "spacing": 2,
        "spec": {
            "width": 246,
            "height": {"step": 16},
            "encoding": {"y": y},
            "layer": [
                {
                    "mark": {"type": "bar", "height": {"band": 0.6}},
                    "encoding": {
                        "x": quantity("got", "percent of the rows", **x),
                        "color": {"condition": {"test": "datum.holds", "value": BLUE}, "value": ORANGE},
                    },
                },
                {
                    "mark": {"type": "tick", "color": INK, "thickness": 2, "opacity": 1, "height": {"band": 0.95}},
                    "encoding": {"x": quantity("asked", None, **x)},
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 10},
                    "encoding": {"x": quantity("got", None, **x), "text": {"field": "said"}},
                },
            ],
        },
        "resolve": {"scale": {"y": "independent"}},
    }  # fmt: skip
