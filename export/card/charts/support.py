"""How long members wait for support, at which hours it works, and how they rate it."""

from __future__ import annotations

from collections.abc import Sequence

from common.page.figure import Figure, nothing
from common.page.formatting import counted, number, percent
from common.page.vega import BLUE, GREEN, INK, ORANGE, Spec
from common.page.vega_helpers import ROW_HEIGHT, columns, label_every, names, palette, quantity, values
from export.card.query_results import Row

CLOSERS = ("by the assistant", "with an agent")
RATINGS = (1, 2, 3, 4, 5)
EXPERIENCES = ("at the first try", "after an answer that failed")
# The step of a query of doubling times that begins at an hour.
HOUR_STEP = 7
DAYTIME = range(8, 22)


def draw_first_responses(rows: Sequence[Row]) -> Figure:
    """Waits for the first answer by channel, on an axis that grows by factors."""
    if not rows:
        return nothing("first-responses", "answered tickets")
    quickest, slowest = rows[0], rows[-1]
    channels = [row["channel"] for row in rows]
    # A logarithm has no zero.
    bars = [
        {**row, "from": max(row["p10"], 0.1), "at": max(row["median"], 0.1), "to": max(row["p90"], 0.1)} for row in rows
    ]
    y = names("channel", channels)
    return Figure(
        name="first-responses",
        title=f"A first answer comes within {_wait(quickest['median'])} by {quickest['channel']} and"
        f" {_wait(slowest['median'])} by {slowest['channel']}, for half of the tickets",
        note="Time until the assistant or an agent first answers: the mark is the median, the bar goes from the"
        " quickest tenth to the slowest.",
        spec={
            "data": values(bars),
            "height": ROW_HEIGHT * len(rows),
            "layer": [
                {
                    "mark": {"type": "bar", "color": BLUE, "height": {"band": 0.5}},
                    "encoding": {"y": y, "x": _minutes("from"), "x2": {"field": "to"}},
                },
                {
                    "mark": {"type": "tick", "color": INK, "thickness": 2},
                    "encoding": {"y": y, "x": _minutes("at")},
                },
            ],
        },
        headers=("Channel", "Answered", "A tenth within", "Half within", "Nine tenths within"),
        rows=[
            (row["channel"], number(row["tickets"]), _wait(row["p10"]), _wait(row["median"]), _wait(row["p90"]))
            for row in rows
        ],
    )


def draw_resolution_times(rows: Sequence[Row]) -> Figure:
    """Times until the resolution, each column twice as long as the one before."""
    if not rows:
        return nothing("resolution-times", "resolved tickets")
    steps = list(range(min(row["step"] for row in rows), max(row["step"] for row in rows) + 1))
    labels = [_step(step) for step in steps]
    total = sum(row["tickets"] for row in rows)
    within = sum(row["tickets"] for row in rows if row["step"] < HOUR_STEP)
    bars = [{**row, "from": _step(row["step"]), "kind": CLOSERS[row["has_agent"]]} for row in rows]
    return Figure(
        name="resolution-times",
        title=f"{percent(within, total)} of the resolved tickets are resolved within an hour",
        note=f"{counted(total, 'ticket')} by the time until the resolution. Each column reaches to twice the time at"
        " which it begins. What is not solved by the evening waits for the next day.",
        spec=columns(
            bars,
            {**names("from", labels), "axis": label_every(labels, 2)},
            quantity("tickets", "tickets"),
            colour=palette("kind", CLOSERS, (BLUE, ORANGE)),
        ),
        headers=("From", *CLOSERS),
        rows=[
            (label, *(number(_count(rows, step=step, has_agent=closer)) for closer in (False, True)))
            for step, label in zip(steps, labels, strict=True)
        ],
    )


def draw_resolution_hours(rows: Sequence[Row]) -> Figure:
    """Resolutions by hour of the day."""
    total = sum(row["resolved_by_assistant"] + row["resolved_by_agent"] for row in rows)
    if not total:
        return nothing("resolution-hours", "resolved tickets")
    day = sum(row["resolved_by_assistant"] + row["resolved_by_agent"] for row in rows if row["hour_of_day"] in DAYTIME)
    labels = [str(row["hour_of_day"]) for row in rows]
    bars = [
        {"hour": str(row["hour_of_day"]), "tickets": row[field], "kind": kind}
        for row in rows
        for field, kind in zip(("resolved_by_assistant", "resolved_by_agent"), CLOSERS, strict=True)
    ]
    return Figure(
        name="resolution-hours",
        title=f"{percent(day, total)} of the resolutions fall between 8 am and 10 pm",
        note="Tickets by the hour of the day at which they were resolved, Pacific standard time.",
        spec=columns(
            bars,
            {**names("hour", labels), "axis": {"title": "hour", "labelAngle": 0, "values": labels[::4]}},
            quantity("tickets", "tickets resolved"),
            colour=palette("kind", CLOSERS, (BLUE, ORANGE)),
        ),
        headers=("Hour", *CLOSERS),
        rows=[
            (str(row["hour_of_day"]), number(row["resolved_by_assistant"]), number(row["resolved_by_agent"]))
            for row in rows
        ],
    )


def draw_ratings(rows: Sequence[Row]) -> Figure:
    """Ratings, by whether an answer had failed before."""
    rated = [row for row in rows if row["csat"] is not None]
    total = sum(row["tickets"] for row in rated)
    if not total:
        return nothing("ratings", "rated tickets")
    resolved = sum(row["tickets"] for row in rows)
    mean = sum(row["csat"] * row["tickets"] for row in rated) / total
    bars = [{**row, "csat": str(row["csat"]), "kind": EXPERIENCES[row["has_failed"]]} for row in rated]
    return Figure(
        name="ratings",
        title=f"Members rate {percent(total, resolved)} of the resolved tickets, with {mean:.1f} of 5 on average",
        note=f"csat of {counted(total, 'ticket')}, 1 to 5.",
        spec=columns(
            bars,
            {**names("csat", [str(rating) for rating in RATINGS]), "axis": {"title": "rating", "labelAngle": 0}},
            quantity("tickets", "tickets"),
            height=110,
            colour=palette("kind", EXPERIENCES, (GREEN, ORANGE)),
        ),
        headers=("Rating", *EXPERIENCES),
        rows=[
            (str(rating), *(number(_count(rated, csat=rating, has_failed=failed)) for failed in (False, True)))
            for rating in RATINGS
        ],
    )


def _count(rows: Sequence[Row], **fields: object) -> int:
    return sum(row["tickets"] for row in rows if all(row[name] == value for name, value in fields.items()))


def _minutes(field: str) -> Spec:
    """Lay minutes along an axis that grows by factors."""
    return quantity(field, "minutes", scale={"type": "log", "nice": True}, axis={"format": ","})


def _step(step: int) -> str:
    """Name the time at which a step begins."""
    hours = 2.0 ** (step - HOUR_STEP)
    if hours < 1:
        return f"{number(round(hours * 60))} min"
    return f"{number(hours)} h" if hours < 48 else f"{number(round(hours / 24))} d"


def _wait(minutes: float) -> str:
    if minutes < 1:
        return f"{number(round(minutes * 60))} seconds"
    return counted(round(minutes), "minute") if minutes < 100 else counted(round(minutes / 60), "hour")
