"""When and where there is something on, and for how much."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from common.page.figure import Figure, nothing
from common.page.formatting import WEEKDAYS, counted, dollars, format_day, listed, number, percent, spelled
from common.page.vega import BLUE, GREEN, INK, MUTED, ORANGE, PINK, QUIET, Spec
from common.page.vega_helpers import names, order_by_weight, palette, quantity, values
from export.card.query_results import Row

SHORT_DAYS = [day[:3] for day in WEEKDAYS]
HEADER = {"labelOrient": "top", "labelAnchor": "start"}
CATEGORY_COLOURS = (BLUE, ORANGE, GREEN, PINK, INK, QUIET)


def draw_calendar(rows: Sequence[Row]) -> Figure:
    """A square a day, darker with the events on it."""
    if not rows:
        return nothing("calendar", "events")
    by_day = [sum(row["events"] for row in rows if row["weekday"] == day) for day in range(1, 8)]
    busiest = sorted(range(7), key=lambda day: (-by_day[day], day))[:2]
    pair = listed([f"{WEEKDAYS[day]}s" for day in sorted(busiest)])
    most = max(row["events"] for row in rows)
    return Figure(
        name="calendar",
        title=f"{pair} hold {percent(sum(by_day[day] for day in busiest), sum(by_day))} of the events",
        note=f"A square a day from {format_day(rows[0]['day'])} to {format_day(rows[-1]['day'])};"
        f" the strongest has {counted(most, 'event')}.",
        spec=_calendar_spec(rows, most),
        headers=("Weekday", "Events", "Share"),
        rows=[(WEEKDAYS[day], number(by_day[day]), percent(by_day[day], sum(by_day))) for day in range(7)],
    )


def _calendar_spec(rows: Sequence[Row], most: int) -> Spec:
    days = [{**row, "day": SHORT_DAYS[row["weekday"] - 1]} for row in rows]
    first: dict[str, int] = {}
    for row in rows:  # the week in which a month begins carries its name
        first.setdefault(f"{row['day']:%b}", row["week"])
    months = list(first.items())
    for (month, week), (_, following) in pairwise(months):  # no room for both names
        if following - week < 3:
            del first[month]
    labels = " : ".join(f"datum.value == {week} ? '{month}'" for month, week in first.items())
    weeks = list(range(max(row["week"] for row in rows) + 1))
    axis = {"labelExpr": f"{labels} : ''", "title": None, "ticks": False, "domain": False, "labelAlign": "left"}
    return {
        "data": values([{key: row[key] for key in ("day", "week", "events")} for row in days]),
        "height": 7 * 16,
        "mark": {"type": "rect", "color": BLUE, "stroke": "var(--paper)", "strokeWidth": 1.5, "cornerRadius": 2},
        "encoding": {
            "x": {"field": "week", "type": "ordinal", "axis": axis, "scale": {"domain": weeks}},
            "y": {"field": "day", "type": "ordinal", "sort": SHORT_DAYS, "title": None},
            "fillOpacity": {
                "field": "events",
                "type": "quantitative",
                "scale": {"domain": [0, most], "range": [0.08, 1]},
                "legend": None,
            },
        },
    }


def draw_prices(rows: Sequence[Row]) -> Figure:
    """A band a category: the prices of its middle event, within those of all."""
    if not rows:
        return nothing("prices", "events")
    dear, cheap = rows[0], rows[-1]
    return Figure(
        name="prices",
        title=f"A {spelled(dear['category'])} event usually asks {dollars(dear['usual_low'])} to"
        f" {dollars(dear['usual_high'])}, {_article(cheap['category'])} {spelled(cheap['category'])} event"
        f" {dollars(cheap['usual_low'])} to {dollars(cheap['usual_high'])}",
        note="Thick: medians of the lowest and highest price of an event. Thin: from the cheapest ticket to the"
        " dearest.",
        spec=_prices_spec(rows),
        headers=("Category", "Events", "Cheapest", "Median low", "Median high", "Dearest"),
        rows=[
            (
                spelled(row["category"]),
                number(row["events"]),
                *(dollars(row[key]) for key in ("lowest", "usual_low", "usual_high", "highest")),
            )
            for row in rows
        ],
    )


def _article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


def _prices_spec(rows: Sequence[Row]) -> Spec:
    y = names("category", [row["category"] for row in rows])
    x = {"axis": {"grid": True, "format": "$,d"}}
    return {
        "data": values(rows),
        "height": 24 * len(rows),
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "rule", "color": MUTED},
                "encoding": {"x": quantity("lowest", "price of a ticket, US dollars", **x), "x2": {"field": "highest"}},
            },
            {
                "mark": {"type": "bar", "color": BLUE, "height": 10},
                "encoding": {"x": quantity("usual_low", None, **x), "x2": {"field": "usual_high"}},
            },
        ],
    }


def draw_venues(rows: Sequence[Row]) -> Figure:
    """A point a venue: its city, grouped by region, against its capacity."""
    if not rows:
        return nothing("venues", "venues")
    regions = order_by_weight(rows, "region", "venues")
    total = sum(row["venues"] for row in rows)
    first = sum(row["venues"] for row in rows if row["region"] == regions[0])
    small, large = min(rows, key=lambda row: row["capacity"]), max(rows, key=lambda row: row["capacity"])
    places = list(dict.fromkeys((row["region"], row["city"], row["neighborhood"]) for row in rows))
    return Figure(
        name="venues",
        title=f"{percent(first, total)} of the venues are in {regions[0]}; the smallest seats"
        f" {number(small['capacity'])}, the largest {number(large['capacity'])}",
        note=f"{counted(total, 'venue')} in {counted(len(places), 'neighborhood')}, by region. A larger point stands"
        " for more venues of one kind and size.",
        spec=_venues_spec(rows, regions),
        headers=("Neighborhood", "City", "Region", "Venues"),
        rows=[
            (place[2], place[1], place[0], number(sum(row["venues"] for row in rows if _place(row) == place)))
            for place in sorted(places, key=lambda place: (regions.index(place[0]), place))
        ],
    )


def _place(row: Row) -> tuple[str, str, str]:
    return row["region"], row["city"], row["neighborhood"]


def _venues_spec(rows: Sequence[Row], regions: Sequence[str]) -> Spec:
    categories = order_by_weight(rows, "category", "venues")
    colours = [CATEGORY_COLOURS[place % len(CATEGORY_COLOURS)] for place in range(len(categories))]
    seats = sorted(max(1, row["capacity"]) for row in rows)
    capacity = quantity(
        "capacity", "seats, on a logarithmic scale",
        scale={"type": "log", "domain": [seats[0] * 0.7, seats[-1] * 1.4], "nice": False},
        axis={"values": [1, 10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000], "format": ",d", "grid": True},
    )  # fmt: skip
    most = max(4, *(row["venues"] for row in rows), 4)
    size = {"type": "sqrt", "domain": [0, most], "range": [0, 220]}
    return {
        "data": values(rows),
        "facet": {"row": {"field": "region", "sort": list(regions), "header": HEADER}},
        "spacing": 4,
        "spec": {
            "width": 226,
            "height": {"step": 17},
            "mark": {"type": "point", "filled": True, "opacity": 0.85},
            "encoding": {
                "y": {**names("neighborhood"), "axis": {"grid": True, "minExtent": 116, "maxExtent": 116}},
                "x": capacity,
                "size": {"field": "venues", "type": "quantitative", "legend": None, "scale": size},
                "color": palette("category", categories, colours, columns=3, symbolType="circle"),
            },
        },
        "resolve": {"scale": {"y": "independent"}},
    }  # fmt: skip
