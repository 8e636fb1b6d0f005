"""Vega-Lite to SVG, by vl-convert: in this process, without a network or a browser, the same bytes each time."""

from __future__ import annotations

import json
import re
from typing import Any

from common.page.printable import make_printable

Spec = dict[str, Any]

WIDTH = 352  # of every figure: three beside each other on a desk, one on a phone at its own size
VERSION = "6.4"

# Names of the page's stylesheet, which has one set of colours for light and one for dark. They are of Okabe
# and Ito's palette, which people with any kind of colour blindness tell apart.
BLUE, ORANGE, GREEN, PINK = "var(--blue)", "var(--orange)", "var(--green)", "var(--pink)"
QUIET, INK, MUTED, RULE, PAPER = "var(--quiet)", "var(--ink)", "var(--muted)", "var(--rule)", "var(--paper)"
STEPS = ["var(--step-1)", "var(--step-2)", "var(--step-3)", "var(--step-4)"]

# vl-convert brings this font along and measures with it, so that a layout does not depend on the machine's;
# the page shows whichever of its metric twins is there.
FONT = "Liberation Sans"

CONFIG: Spec = {
    "aria": False,  # the figure around has one label for the whole
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "labelFontSize": 11,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "titlePadding": 6,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "tickSize": 3,
        "labelLimit": 110,
    },
    "axisX": {"labelAngle": 0, "grid": False},
    "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelColor": MUTED,
        "labelFontSize": 11,
        "symbolSize": 70,
        "symbolType": "square",
        "columnPadding": 10,
        "offset": 8,
        "labelLimit": 150,
    },
    "header": {
        "labelColor": INK,
        "labelFontSize": 11,
        "labelFontWeight": "bold",
        "title": None,
        "labelPadding": 3,
        "labelLimit": 230,
    },
    "bar": {"stroke": PAPER, "strokeWidth": 0.5},
    "text": {"color": MUTED, "fontSize": 11},
}

# What Vega writes for scripts and screen readers, which this page serves by other means.
NEEDLESS = re.compile(r' (?:aria-\w+|role|class|pointer-events)="[^"]*"|<path d="" display="none"/>')
# More of a name is never seen; Vega measures a name anew for each letter that it cuts off.
LONGEST_NAME = 100
TAG = re.compile(r"<[^>]*>")
LONG_DECIMALS = re.compile(r"(\d+\.\d{2})\d+")


class DrawingError(Exception):
    """A chart cannot be drawn: the drawing library is not there, or refuses it."""


def draw_svg(spec: Spec) -> str:
    """Draw a chart as wide as a column of the page.

    Its height is that of the plot; axes and legends come on top.

    Raises:
        DrawingError: the drawing library is not there, or refuses the chart.
    """
    # Vega fits single charts to a width; a facet states its own
    fit = {} if "facet" in spec else {"width": WIDTH, "autosize": {"type": "fit-x", "contains": "padding"}}
    padding = {"left": 0, "right": 2, "top": 2, "bottom": 2}
    whole = {"padding": padding, "config": CONFIG, **fit, **_clean_names(spec)}
    try:
        import vl_convert

        svg = vl_convert.vegalite_to_svg(json.dumps(whole), vl_version=VERSION)
    except (ImportError, ValueError) as error:
        raise DrawingError(" ".join(str(error).splitlines()[:2])) from error  # then come lines of Vega's code
    return _slim(svg)


def _clean_names(spec: Spec) -> Spec:
    """Cut long names of the data short, wherever the chart has them, and replace what ends the process in Vega."""
    values = [value for row in spec.get("data", {}).get("values", ()) for value in row.values()]
    clean = {value: _clean(value) for value in values if isinstance(value, str)}

    def replace(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: replace(value) for key, value in part.items()}
        if isinstance(part, list | tuple):
            return [replace(value) for value in part]
        return clean.get(part, part) if isinstance(part, str) else part

    needed = any(name != value for name, value in clean.items())
    cleaned: Spec = replace(spec) if needed else spec
    return cleaned


def _clean(name: str) -> str:
    printable = make_printable(name)
    return f"{printable[: LONGEST_NAME - 1]}…" if len(printable) > LONGEST_NAME else printable


def _slim(svg: str) -> str:
    """Keep what is to be seen, at a hundredth of a pixel."""
    # In tags alone: what is to be read stays as it is.
    return TAG.sub(lambda tag: LONG_DECIMALS.sub(r"\1", tag[0]), NEEDLESS.sub("", svg)).replace(
        ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"', ""
    )
